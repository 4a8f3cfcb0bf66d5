import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "@/app/ui/moment";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { BuyerHistory } from "../buyer-history";
import { RefundReason } from "../refund-reason";
import { Asker } from "../waiting-since";

type Props = { found: FoundRefund; clock: { timeZone: string; now: Date } };

/** Who asks for what and why, with pictures; how the buyer has been so far; who decided and what the buyer reads. */
export function Asked({ found, clock }: Props) {
  const t = useTranslations("desk.refund.asked");
  const { refund, pictures } = found;
  return (
    <>
      <dl className="grid gap-x-6 px-4 py-3 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-1.5">
        <Fact name={t("by")}>
          <Asker refund={{ source: refund.source, asker: found.asker }} />
        </Fact>
        <Fact name={t("at")}>
          <Moment at={refund.createdAt} timeZone={clock.timeZone} />
        </Fact>
        <Fact name={t("reason")}>
          <RefundReason reason={refund.reason} words={refund.reasonText} />
        </Fact>
        {found.order && (
          <Fact name={t("history")}>
            <BuyerHistory history={found.history} />
          </Fact>
        )}
        {refund.firstApprovedAt && (
          <Fact name={t("firstApproved")}>
            {found.firstApprover} · <Moment at={refund.firstApprovedAt} timeZone={clock.timeZone} />
          </Fact>
        )}
        {refund.decidedAt && (
          <Fact name={t("decided")}>
            {found.decider ?? t("byRule")} · <Moment at={refund.decidedAt} timeZone={clock.timeZone} />
          </Fact>
        )}
        {refund.decisionNote && (
          <Fact name={t("note")}>
            <span className="whitespace-pre-line">{refund.decisionNote}</span>
          </Fact>
        )}
      </dl>
      {pictures.length > 0 && (
        <ul className="flex flex-wrap gap-3 border-line border-t px-4 py-3">
          {pictures.map((name, n) => (
            <li key={name}>
              <a href={`/api/refund/pictures/${name}`} target="_blank" rel="noreferrer">
                {/* biome-ignore lint/performance/noImgElement: re-encoded by us already, and only staff may fetch it. */}
                <img
                  src={`/api/refund/pictures/${name}`}
                  alt={t("picture", { number: n + 1 })}
                  width={160}
                  height={160}
                  loading="lazy"
                  decoding="async"
                  className="size-32 rounded-md border border-line bg-sunk object-cover sm:size-40"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Told from the left, on a phone under its name: most of it is text. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-s text-soft sm:text-m">{name}</dt>
      <dd className="mb-1.5 sm:mb-0">{children}</dd>
    </div>
  );
}
