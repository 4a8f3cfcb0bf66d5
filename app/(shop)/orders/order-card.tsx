import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import { Money } from "@/app/ui/money";
import { OrderStatusMark } from "@/app/ui/order-status";
import type { OwnOrder } from "@/lib/orders/list-own-orders";
import { nextOwnStep } from "@/lib/orders/next-own-step";
import { Picture } from "../picture";
import { CardNote } from "./card-note";
import { NextAction } from "./next-action";
import styles from "./orders.module.css";

/** An order as its buyer's list shows it: how it stands, what is in it, and the one thing to do next. */
export function OrderCard({ order, now, timeZone }: { order: OwnOrder; now: Date; timeZone: string }) {
  const t = useTranslations("shop.orders");
  const step = nextOwnStep(order, now);
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <li className={styles.card}>
      <Link className={styles.order} href={`/orders/${order.orderNo}`} prefetch={false}>
        <span className={styles.head}>
          <OrderStatusMark status={order.status} />
          <span className={styles.small}>
            <Moment at={order.createdAt} timeZone={timeZone} style="short" />
          </span>
        </span>
        <span className={styles.goods}>
          <span className={styles.picture}>
            <Picture src={order.lines[0]?.image} title={order.lines[0]?.title ?? ""} sizes="3.5rem" />
          </span>
          <span className={styles.words}>
            <span className={styles.titles}>{order.lines.map((line) => line.title).join(" · ")}</span>
            <span className={styles.small}>{t("count", { count: pieces })}</span>
          </span>
          <Money fen={order.totalFen} />
        </span>
      </Link>
      <div className={styles.foot}>
        <p className={styles.note}>
          <CardNote order={order} now={now} timeZone={timeZone} />
        </p>
        <NextAction orderNo={order.orderNo} step={step} />
      </div>
    </li>
  );
}
