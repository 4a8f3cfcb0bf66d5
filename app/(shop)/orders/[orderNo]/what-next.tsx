import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/app/ui/moment";
import type { OrderView } from "@/lib/orders/find-order";
import { Countdown } from "../countdown";
import { isAtWechat } from "./is-at-wechat";
import styles from "./order.module.css";

/** What happens next and until when: the buyer's turn to pay, the shop's to deliver, or nobody's. */
export function WhatNext({ order, now, timeZone }: { order: OrderView; now: Date; timeZone: string }) {
  const t = useTranslations("shop.order");
  const locale = useLocale();
  const clock = (at: string) => formatMoment(new Date(at), { locale, timeZone, style: "short" });
  const leftMs = (at: string) => new Date(at).getTime() - now.getTime();

  switch (order.status) {
    case "pending":
      if (leftMs(order.expiresAt) <= 0) return <p className={styles.sentence}>{t("safeText")}</p>;
      return (
        <>
          <p className={styles.countdown}>
            <Countdown leftMs={leftMs(order.expiresAt)} over={t("timeUp")} />
          </p>
          <p className={styles.sentence}>{t(isAtWechat(order) ? "waitingText" : "keptText")}</p>
        </>
      );
    case "closing":
      return <p className={styles.sentence}>{t("safeText")}</p>;
    case "paid":
      if (!order.deliverBy || order.refundableFen === 0) return null; // All of it goes back: nobody waits for goods.
      if (leftMs(order.deliverBy) <= 0)
        return <p className={styles.late}>{t("deliverLate", { at: clock(order.deliverBy) })}</p>;
      return (
        <p className={styles.sentence}>
          {t(`deliverBy.${order.kind}`, { at: clock(order.deliverBy) })}{" "}
          <Countdown className={styles.left} leftMs={leftMs(order.deliverBy)} over={t("deliverOver")} />
        </p>
      );
    case "shipped":
      if (!order.completesAt) return null;
      return <p className={styles.sentence}>{t("completesAt", { at: clock(order.completesAt) })}</p>;
    default:
      return null;
  }
}
