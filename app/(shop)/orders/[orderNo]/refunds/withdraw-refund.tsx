import { useTranslations } from "next-intl";
import styles from "./refunds.module.css";
import { withdrawOwnRefund } from "./withdraw-own-refund";

/** Asks once more before it withdraws, without a script. */
export function WithdrawRefund({ refundNo }: { refundNo: string }) {
  const t = useTranslations("shop.refunds");
  return (
    <details className={styles.withdraw}>
      <summary>{t("withdraw")}</summary>
      <form action={withdrawOwnRefund}>
        <input type="hidden" name="refundNo" value={refundNo} />
        <p>{t("withdrawQuestion")}</p>
        <button type="submit" className="weui-btn weui-btn_warn weui-btn_block">
          {t("withdrawConfirm")}
        </button>
      </form>
    </details>
  );
}
