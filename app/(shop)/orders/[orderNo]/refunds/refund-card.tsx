import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { Money } from "@/app/ui/money";
import cards from "../cards.module.css";
import { RefundFacts } from "./refund-facts";
import { RefundMark } from "./refund-mark";
import { RefundSentence } from "./refund-sentence";
import styles from "./refunds.module.css";
import { ReturnForm } from "./return-form";
import { isOnItsWay, type Refund } from "./standing";
import { WithdrawRefund } from "./withdraw-refund";

/** One refund as its buyer sees it: how it stands, how much, what comes next, and what they can do. */
export function RefundCard({ refund, timeZone }: { refund: Refund; timeZone: string }) {
  const t = useTranslations("shop.refunds");
  const locale = useLocale();
  const { refundNo, requestedFen, refundFen, status, note } = refund;
  const speaker = status === "rejected" || status === "awaiting_return" ? status : "other";

  return (
    <li className={`${cards.card} ${styles.card}`}>
      <div role="status">
        <p className={cards.head}>
          <RefundMark refund={refund} />
          <Money fen={refundFen} className={styles.amount} />
        </p>
        <p className={cards.sentence}>
          <RefundSentence refund={refund} timeZone={timeZone} />
        </p>
        {isOnItsWay(refund) && <p className={cards.sentence}>{t("usually")}</p>}
        {refund.automatic && !isOnItsWay(refund) && <p className={cards.sentence}>{t("automatic")}</p>}
        {refundFen < requestedFen && (
          <p className={cards.sentence}>
            {t("partly", { asked: formatFen(requestedFen, locale), agreed: formatFen(refundFen, locale) })}
          </p>
        )}
      </div>
      {note && (
        <div className={cards.note}>
          <h3>{t(`note.${speaker}`)}</h3>
          <p>{note}</p>
        </div>
      )}
      {status === "awaiting_return" && (
        <ReturnForm
          refundNo={refundNo}
          carrier={refund.returnCarrier ?? ""}
          trackingNo={refund.returnTrackingNo ?? ""}
        />
      )}
      <RefundFacts refund={refund} timeZone={timeZone} />
      {refund.withdrawable && <WithdrawRefund refundNo={refundNo} />}
    </li>
  );
}
