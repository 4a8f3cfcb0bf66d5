import { useTranslations } from "next-intl";
import type { RefundSource } from "@/lib/db/schema/refunds";
import { ShortMoment, useSpan } from "../parts/times";

type Waiting = {
  createdAt: Date;
  source: RefundSource;
  asker: string | null;
  firstApprover: string | null;
  firstApprovedAt: Date | null;
};

/** How long somebody has waited, who asked, and who has approved first where two must. */
export function WaitingSince({ refund, clock }: { refund: Waiting; clock: { timeZone: string; now: Date } }) {
  const t = useTranslations("desk.refunds");
  const span = useSpan();
  const waitedMs = Math.max(0, clock.now.getTime() - refund.createdAt.getTime());
  return (
    <>
      <div className="font-semibold">{t("waits", { span: span(waitedMs) })}</div>
      <div className="text-s text-soft">
        <ShortMoment at={refund.createdAt} {...clock} /> · <Asker refund={refund} />
      </div>
      {refund.firstApprovedAt && (
        <div className="text-s">
          {t("firstApproved", { name: refund.firstApprover ?? "—" })}{" "}
          <ShortMoment at={refund.firstApprovedAt} {...clock} />
        </div>
      )}
    </>
  );
}

/** Who asked: the buyer, one of the staff by name, the shop's own rule, or WeChat's portal. */
export function Asker({ refund }: { refund: Pick<Waiting, "source" | "asker"> }) {
  const t = useTranslations("desk.refunds.source");
  return refund.source === "staff" ? t("staff", { name: refund.asker ?? "—" }) : t(refund.source);
}
