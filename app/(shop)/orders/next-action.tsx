import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OwnStep } from "@/lib/orders/next-own-step";
import { ReceiveGoods } from "./[orderNo]/deliveries/receive-goods";
import { RemindForm } from "./[orderNo]/deliveries/remind-shop";
import { BuyAgain } from "./buy-again";
import styles from "./orders.module.css";

/** The one thing that a buyer does about an order next: a link where it takes a page, a form where one press does it. */
export function NextAction({ orderNo, step }: { orderNo: string; step: OwnStep }) {
  const t = useTranslations("shop.orders.to");
  switch (step) {
    case "remind":
      return <RemindForm orderNo={orderNo} />;
    case "receive":
      return <ReceiveGoods orderNo={orderNo} />;
    case "pay":
    case "send_back":
      return (
        <Link className={`${styles.action} ${styles.main}`} href={`/orders/${orderNo}`} prefetch={false}>
          {t(step)}
        </Link>
      );
    case "again":
      return <BuyAgain orderNo={orderNo} />;
    default:
      return (
        <Link className={styles.action} href={`/orders/${orderNo}`} prefetch={false}>
          {t("look")}
        </Link>
      );
  }
}
