import { useTranslations } from "next-intl";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { ShortMoment } from "../../parts/times";
import { remedyFor } from "./remedy-of";

type Props = { refund: FoundRefund["refund"]; clock: { timeZone: string; now: Date } };

/** WeChat's code and text as it gave them, what to do about it, how often it was tried and when again. */
export function SendingTrouble({ refund, clock }: Props) {
  const t = useTranslations("desk.refund.trouble");
  const { errorCode, errorText, attempts, lastSentAt, nextTryAt } = refund;
  const remedy = errorCode === null ? null : remedyFor({ ...refund, errorCode });
  return (
    <div className={remedy === null ? undefined : "rounded-md bg-warn-wash p-3"}>
      {remedy && (
        <>
          <p>
            {t("said")} <span className="zg-code">{errorCode}</span> {errorText}
          </p>
          <p className="mt-1 max-w-[52em] font-semibold">{t(`remedies.${remedy}`)}</p>
        </>
      )}
      <p className="mt-1 text-s">
        {t("tries", { count: attempts })}
        {lastSentAt && (
          <>
            {" · "}
            {t("last")} <ShortMoment at={lastSentAt} {...clock} />
          </>
        )}
        {nextTryAt && (
          <>
            {" · "}
            {t("next")} <ShortMoment at={nextTryAt} {...clock} />
          </>
        )}
        {refund.refundAccount && (
          <>
            {" · "}
            {t("purse", { purse: refund.refundAccount })}
          </>
        )}
      </p>
    </div>
  );
}
