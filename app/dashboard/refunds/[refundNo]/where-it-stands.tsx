import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { Countdown } from "../../parts/countdown";
import { RefundLink } from "../../parts/refund-link";
import { ShortMoment, useSpan } from "../../parts/times";
import { AbnormalSteps } from "./abnormal-steps";
import { SendingTrouble } from "./sending-trouble";
import { TellBuyer } from "./tell-buyer";

type Props = { found: FoundRefund; clock: { timeZone: string; now: Date } };

/** One paragraph on where the refund is and what comes next; then what its trouble is, if it has one. */
export function WhereItStands({ found, clock }: Props) {
  const t = useTranslations("desk.refund.stands");
  const span = useSpan();
  const { refund } = found;
  const { status, manualPaidAt, sendAfter } = refund;
  const waited = span(Math.max(0, clock.now.getTime() - refund.createdAt.getTime()));
  const manualWord = manualPaidAt ? "paidByHand" : found.isTooMuch ? "paidElsewhere" : "manual";
  const windowRuns = status === "approved" && sendAfter !== null && sendAfter > clock.now;
  // One at a time is sent of a payment: what WeChat refuses holds up those behind it, until a person ends it.
  const ahead = found.others.find((other) => status === "approved" && other.status === "sending");
  return (
    <div className="grid gap-2">
      <p className="max-w-[52em]">
        {status === "requested"
          ? t(refund.firstApprovedBy === null ? "requested" : "waitsForSecond", { waited })
          : t(`is.${status === "manual" ? manualWord : status}`)}
        {status === "closed" && (
          <> {t(`closedNext.${found.receipt.verdict === "settling" ? "settling" : "other"}`)}</>
        )}
      </p>
      {windowRuns && (
        <p className="font-semibold">
          {t("window")} <Countdown leftMs={sendAfter.getTime() - clock.now.getTime()} words={t("seconds")} />
        </p>
      )}
      {ahead && (
        <p>
          {t("waitsBehind")} <RefundLink refundNo={ahead.outRefundNo} />
        </p>
      )}
      {status === "awaiting_return" && <ComingBack found={found} clock={clock} />}
      {(status === "sending" || (status === "manual" && manualWord !== "paidElsewhere")) && (
        <SendingTrouble refund={refund} clock={clock} />
      )}
      {status === "abnormal" && <AbnormalSteps />}
      {status === "manual" && manualWord === "manual" && <TellBuyer found={found} />}
      {status === "manual" && manualPaidAt && <Payout found={found} timeZone={clock.timeZone} />}
      {(status === "accepted" || status === "abnormal") && refund.queriedAt && (
        <p className="text-s text-soft">
          {t("asked")} <ShortMoment at={refund.queriedAt} {...clock} />
        </p>
      )}
    </div>
  );
}

function ComingBack({ found, clock }: Props) {
  const t = useTranslations("desk.refund.stands");
  const { returnCarrier, returnTrackingNo, returnSentAt } = found.refund;
  if (!returnSentAt) return <p className="text-soft">{t("notSentYet")}</p>;
  return (
    <p>
      {t("sentBack")} {returnCarrier} <span className="zg-code">{returnTrackingNo}</span> ·{" "}
      <ShortMoment at={returnSentAt} {...clock} />
    </p>
  );
}

function Payout({ found, timeZone }: { found: FoundRefund; timeZone: string }) {
  const t = useTranslations("desk.refund.payout");
  const { manualMethod, manualReference, manualNote, manualPaidAt } = found.refund;
  const known = (["bank_transfer", "wechat_transfer", "cash", "other"] as const).find(
    (method) => method === manualMethod,
  );
  return (
    <p>
      {known ? t(`methods.${known}`) : manualMethod} <span className="zg-code">{manualReference}</span> ·{" "}
      {manualPaidAt && <Moment at={manualPaidAt} timeZone={timeZone} />} · {found.paidByHandBy}
      {manualNote && <span className="block text-s text-soft">{manualNote}</span>}
    </p>
  );
}
