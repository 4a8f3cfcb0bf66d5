import { useTranslations } from "next-intl";
import { DeedForm } from "../deed/deed-form";
import { cancelOwnOrder } from "./cancel-own-order";
import styles from "./order.module.css";

/** Asks once more before it cancels, without a script. */
export function CancelOrder({ orderNo }: { orderNo: string }) {
  const t = useTranslations("shop.order");
  const unanswered = useTranslations("shop.unanswered");
  const words = {
    submit: t("cancelConfirm"),
    submitting: t("cancelling"),
    unreachable: unanswered("text"),
  };
  return (
    <details className={styles.cancel}>
      <summary>{t("cancel")}</summary>
      <p>{t("cancelQuestion")}</p>
      <DeedForm fields={{ orderNo }} deed={cancelOwnOrder} words={words} look="warn" />
    </details>
  );
}
