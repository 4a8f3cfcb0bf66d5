import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Moment } from "@/app/ui/moment";
import { Money } from "@/app/ui/money";
import { Notice, noticeAction } from "@/app/ui/notice";
import { OrderStatusMark } from "@/app/ui/order-status";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { listOwnOrders } from "@/lib/orders/list-own-orders";
import { shop } from "@/lib/shop";
import { Picture } from "../picture";
import { shopSettings } from "../shop-settings";
import styles from "./orders.module.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shop.orders"))("title"), robots: { index: false } };
}

export default async function OwnOrders({
  searchParams,
}: {
  searchParams: Promise<{ before?: string | string[] }>;
}) {
  const t = await getTranslations("shop.orders");
  const { before } = await searchParams;
  if (before !== undefined && (typeof before !== "string" || !/^\d{1,40}$/.test(before))) notFound();
  const buyer = await findCurrentBuyer();
  const { items, nextBefore } = buyer
    ? await listOwnOrders(shop(), { memberId: buyer.memberId, before: before ?? null })
    : { items: [], nextBefore: null };
  if (items.length === 0)
    return (
      <Notice title={t("emptyTitle")} text={t("emptyText")}>
        <Link className={noticeAction} href="/" prefetch={false}>
          {t("browse")}
        </Link>
      </Notice>
    );

  const { timeZone } = await shopSettings();
  return (
    <div className={styles.narrow}>
      <h1 className={styles.title}>{t("title")}</h1>
      <ul className={`weui-cells ${styles.list}`}>
        {items.map((order) => (
          <li key={order.orderNo} className={styles.item}>
            <Link className={styles.order} href={`/orders/${order.orderNo}`} prefetch={false}>
              <span className={styles.picture}>
                <Picture src={order.lines[0]?.image} title={order.lines[0]?.title ?? ""} sizes="3.5rem" />
              </span>
              <span className={styles.words}>
                <span>{order.lines.map((line) => line.title).join(" · ")}</span>
                <span className={styles.small}>
                  <Moment at={order.createdAt} timeZone={timeZone} style="short" /> ·{" "}
                  {t("count", { count: order.lines.reduce((sum, line) => sum + line.quantity, 0) })}
                </span>
              </span>
              <span className={styles.end}>
                <OrderStatusMark status={order.status} />
                {order.refund && <span className={styles.small}>{t(`refund.${order.refund}`)}</span>}
                <Money fen={order.totalFen} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {nextBefore && (
        <Link className={styles.more} href={`/orders?before=${nextBefore}`} prefetch={false}>
          {t("more")}
        </Link>
      )}
    </div>
  );
}
