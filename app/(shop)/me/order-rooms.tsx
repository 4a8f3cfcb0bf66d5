import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { outlines, shapeLine } from "@/app/ui/shape-line";
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
  pay: <path {...shapeLine} d={outlines.clock} />,
  ship: <path {...shapeLine} d={outlines.box} />,
  receive: <path {...shapeLine} d={outlines.van} />,
  refund: <path {...shapeLine} d={outlines.back} />,
};
