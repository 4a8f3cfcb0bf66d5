import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OwnStep } from "@/lib/orders/next-own-step";
import { ReceiveGoods } from "./[orderNo]/deliveries/receive-goods";
import { remindOwnOrder } from "./[orderNo]/deliveries/remind-own-order";
import { BuyAgain } from "./buy-again";
import { DeedForm } from "./deed/deed-form";
import styles from "./orders.module.css";

/** The one thing that a buyer does about an order next: a link where it takes a page, a form where one press does it. */
export function NextAction({ orderNo, step }: { orderNo: string; step: OwnStep }) {
  const t = useTranslations("shop.orders.to");
  const remind = useTranslations("shop.deliveries.remind");
  switch (step) {
    case "remind": {
      const words = {
        submit: remind("submit"),
        submitting: remind("submitting"),
        unreachable: remind("unreachable"),
      };
      return <DeedForm fields={{ orderNo }} deed={remindOwnOrder} words={words} />;
    }
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
