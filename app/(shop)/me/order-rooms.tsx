import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { shapeLine } from "@/app/ui/shape-line";
import { type OwnOrderShow, ownOrderShows } from "@/lib/orders/own-order-shows";
import { Waiting } from "../orders/order-tabs";
import styles from "./me.module.css";

/** The tabs of one's orders, with how many wait in each. */
export function OrderRooms({ counts }: { counts: Record<OwnOrderShow, number> }) {
  const t = useTranslations("me");
  const tabs = useTranslations("shop.orders.tabs");
  return (
    <section className={`weui-cells ${styles.orders}`}>
      <h2 className={styles.heading}>
        {t("orders")}
        <Link className={styles.all} href="/orders" prefetch={false}>
          {t("allOrders")}
        </Link>
      </h2>
      <ul className={styles.rooms}>
        {ownOrderShows.map((show) => (
          <li key={show}>
            <Link className={styles.room} href={`/orders?show=${show}`} prefetch={false}>
              <svg viewBox="0 0 16 16" className={styles.shape} aria-hidden="true">
                {shapes[show]}
              </svg>
              {tabs(show)}
              <span className={styles.count}>
                <Waiting count={counts[show]} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As beside a status of that kind. */
const shapes: Record<OwnOrderShow, ReactNode> = {
  pay: <path {...shapeLine} d="M8 1.9a6.1 6.1 0 1 0 6.1 6.1M8 4.6V8l2.4 1.6" />,
  ship: <path {...shapeLine} d="M2.2 4.9 8 2l5.8 2.9v6.2L8 14l-5.8-2.9zM2.2 4.9 8 7.8l5.8-2.9M8 7.8V14" />,
  receive: (
    <path {...shapeLine} d="M1.6 4.2h7.2v6.6H1.6zM8.8 6.4h2.9l2.7 2.4v2H8.8M4.2 12.6h.1M11.5 12.6h.1" />
  ),
  refund: <path {...shapeLine} d="M5.2 2.6 2.4 5.4l2.8 2.8M2.6 5.4h6.6a4.1 4.1 0 0 1 0 8.2H6" />,
};
