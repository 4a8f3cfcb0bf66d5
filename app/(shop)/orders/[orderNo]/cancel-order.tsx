import { useTranslations } from "next-intl";
import { cancelOwnOrder } from "./cancel-own-order";
import styles from "./order.module.css";

/** Asks once more before it cancels, without a script. */
export function CancelOrder({ orderNo }: { orderNo: string }) {
  const t = useTranslations("shop.order");
  return (
    <details className={styles.cancel}>
      <summary>{t("cancel")}</summary>
      <form action={cancelOwnOrder}>
        <input type="hidden" name="orderNo" value={orderNo} />
        <p>{t("cancelQuestion")}</p>
        <button type="submit" className="weui-btn weui-btn_warn weui-btn_block">
          {t("cancelConfirm")}
        </button>
      </form>
    </details>
  );
}
