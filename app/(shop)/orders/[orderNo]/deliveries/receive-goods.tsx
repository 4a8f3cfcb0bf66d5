import { useTranslations } from "next-intl";
import { DeedForm } from "../../deed/deed-form";
import styles from "./deliveries.module.css";
import { receiveOwnOrder } from "./receive-own-order";

/** Asks once more before it confirms, without a script. */
export function ReceiveGoods({ orderNo }: { orderNo: string }) {
  const t = useTranslations("shop.deliveries.receive");
  const words = { submit: t("confirm"), submitting: t("submitting"), unreachable: t("unreachable") };
  return (
    <details className={styles.receive}>
      <summary className="weui-btn weui-btn_primary weui-btn_block">{t("open")}</summary>
      <p>{t("question")}</p>
      <DeedForm fields={{ orderNo }} deed={receiveOwnOrder} words={words} look="primary" />
    </details>
  );
}
