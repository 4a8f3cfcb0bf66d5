import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { Money } from "@/app/ui/money";
import { OrderStatusMark } from "@/app/ui/order-status";
import type { OrderView } from "@/lib/orders/find-order";
import { ContactShop } from "../../contact-shop";
import styles from "./order.module.css";
import { OrderSentence } from "./order-sentence";
import { surplusLeftFen } from "./refunds/surplus-left";
import { WhatNext } from "./what-next";

/** How the order stands, in a word, a shape and a sentence, and what comes next. Read out when it changes. */
export function OrderHead(props: { order: OrderView; now: Date; timeZone: string }) {
  const t = useTranslations("shop.order");
  const locale = useLocale();
  const { order } = props;
  const { surplusFen } = order;
  const isSurplus = surplusFen > 0 && (order.status !== "closed" || order.closedReason === "refunded");

  return (
    <section className={styles.status}>
      <h1 className="zg-visually-hidden">{t("title", { orderNo: order.orderNo })}</h1>
      <div role="status">
        <p className={styles.mark}>
          <OrderStatusMark status={order.status} large />
        </p>
        {order.status === "pending" && (
          <p className={styles.amount}>
            <Money fen={order.totalFen} />
          </p>
        )}
        {order.status === "paid" && (
          <p className={`${styles.amount} ${styles.received}`}>
            <Money fen={order.paidFen} />
          </p>
        )}
        <p className={styles.sentence}>
          <OrderSentence {...props} />
        </p>
        {isSurplus && (
          <div className={styles.notice}>
            <p>{t("surplusTwice", { amount: formatFen(surplusFen, locale) })}</p>
            <p>{t(surplusLeftFen(order) > 0 ? "surplusGoesBack" : "surplusIsBack")}</p>
          </div>
        )}
      </div>
      <WhatNext {...props} />
      <ContactShop />
    </section>
  );
}
