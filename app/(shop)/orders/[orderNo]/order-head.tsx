import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { formatMoment } from "@/app/ui/moment";
import { OrderStatusMark } from "@/app/ui/order-status";
import type { OrderView } from "@/lib/orders/find-order";
import { Countdown } from "./countdown";
import styles from "./order.module.css";
import { surplusLeftFen } from "./refunds/surplus-left";

/** How the order stands, in a word, a shape and a sentence. Read out when it changes. */
export function OrderHead({ order, now, timeZone }: { order: OrderView; now: Date; timeZone: string }) {
  const t = useTranslations("shop.order");
  const locale = useLocale();
  const clock = (at: string) => formatMoment(new Date(at), { locale, timeZone, style: "short" });
  const leftMs = new Date(order.expiresAt).getTime() - now.getTime();
  const { surplusFen } = order;

  return (
    <section className={styles.status}>
      <h1 className="zg-visually-hidden">{t("title", { orderNo: order.orderNo })}</h1>
      <div role="status">
        <p className={styles.mark}>
          <OrderStatusMark status={order.status} large />
        </p>
        <p className={styles.sentence}>{sentence()}</p>
        {order.status === "paid" && order.deliverBy && (
          <p className={styles.sentence}>{t("deliverBy", { at: clock(order.deliverBy) })}</p>
        )}
        {surplusFen > 0 && (
          <div className={styles.notice}>
            <p>
              {t(order.status === "closed" ? "surplusLate" : "surplusTwice", {
                amount: formatFen(surplusFen, locale),
              })}
            </p>
            <p>{t(surplusLeftFen(order) > 0 ? "surplusGoesBack" : "surplusIsBack")}</p>
          </div>
        )}
      </div>
      {order.status === "pending" && leftMs > 0 && <Countdown leftMs={leftMs} />}
    </section>
  );

  function sentence(): string {
    const reason = order.closedReason ?? "expired";
    switch (order.status) {
      case "pending":
        return leftMs > 0 ? t("pendingText", { at: clock(order.expiresAt) }) : t("overdueText");
      case "closing":
        return t(`closingText.${reason === "refunded" ? "expired" : reason}`);
      case "closed":
        return t(`closedText.${reason}`);
      case "paid":
        return order.deliveries.length > 0
          ? t("partlyShippedText")
          : t("paidText", { at: clock(order.paidAt ?? order.createdAt) });
      case "shipped":
        return t(order.kind === "virtual" ? "deliveredText" : "shippedText");
      case "completed":
        return t("completedText");
    }
  }
}
