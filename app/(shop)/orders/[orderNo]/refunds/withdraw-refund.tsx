import { useTranslations } from "next-intl";
import { DeedForm } from "../../deed/deed-form";
import styles from "./refunds.module.css";
import { withdrawOwnRefund } from "./withdraw-own-refund";

/** Asks once more before it withdraws, without a script. */
export function WithdrawRefund({ refundNo }: { refundNo: string }) {
  const t = useTranslations("shop.refunds");
  const unanswered = useTranslations("shop.unanswered");
  const words = {
    submit: t("withdrawConfirm"),
    submitting: t("withdrawing"),
    unreachable: unanswered("text"),
  };
  return (
    <details className={styles.withdraw}>
      <summary>{t("withdraw")}</summary>
      <p>{t("withdrawQuestion")}</p>
      <DeedForm fields={{ refundNo }} deed={withdrawOwnRefund} words={words} look="warn" />
    </details>
  );
}
