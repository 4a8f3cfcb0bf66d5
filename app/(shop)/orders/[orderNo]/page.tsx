import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { findOrder } from "@/lib/orders/find-order";
import { queryOrderSoon } from "@/lib/payments/query-soon";
import { shop } from "@/lib/shop";
import { shopSettings } from "../../shop-settings";
import { BuyAgain } from "../buy-again";
import { CancelOrder } from "./cancel-order";
import { DeliverySection } from "./deliveries/delivery-section";
import { ReceiveGoods } from "./deliveries/receive-goods";
import { RemindShop } from "./deliveries/remind-shop";
import { FollowOrder } from "./follow-order";
import styles from "./order.module.css";
import { OrderFacts } from "./order-facts";
import { OrderGoods } from "./order-goods";
import { OrderHead } from "./order-head";
import { OrderNotHere } from "./order-not-here";
import { orderStamp } from "./order-stamp";
import { paceOf } from "./pace-of";
import { PaySection } from "./pay/pay-section";
import { whyNotRefundable } from "./refund/why-not";
import { RefundSection } from "./refunds/refund-section";
import { Together } from "./together";

type Props = {
  params: Promise<{ orderNo: string }>;
  searchParams: Promise<{ from?: string | string[]; signIn?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("shop.order");
  return { title: t("title", { orderNo: (await params).orderNo }), robots: { index: false } };
}

export default async function OrderPage({ params, searchParams }: Props) {
  const { orderNo } = await params;
  const { from, signIn } = await searchParams;
  const buyer = await findCurrentBuyer();
  const order = buyer && (await findOrder(shop(), { orderNo, memberId: buyer.memberId }));
  if (!order) return <OrderNotHere orderNo={orderNo} signInFailed={signIn === "failed"} />;
  const unfinished = order.status === "pending" || order.status === "closing";
  if (unfinished) await queryOrderSoon(shop(), order.orderNo);

  const t = await getTranslations("shop.order");
  const { timeZone } = await shopSettings();
  const now = shop().now();
  const pace = paceOf(order);
  const payable = order.status === "pending" && new Date(order.expiresAt) > now;

  return (
    <ClientTexts
      pick={({ shop: { pay, left, refunds } }) => ({
        shop: { pay, left, ...(order.refunds.length > 0 && { refunds: { return: refunds.return } }) },
      })}
    >
      <div className={styles.order}>
        <div className={styles.head}>
          <OrderHead order={order} now={now} timeZone={timeZone} />
          {order.remindFrom && (
            <RemindShop orderNo={order.orderNo} remindFrom={order.remindFrom} now={now} timeZone={timeZone} />
          )}
          {order.isReceivable && <ReceiveGoods orderNo={order.orderNo} />}
          <Together order={order} />
          {pace && <FollowOrder orderNo={order.orderNo} stamp={orderStamp(order)} pace={pace} />}
          {unfinished && (
            <noscript>
              <a className={styles.refresh} href={`/orders/${order.orderNo}`}>
                {t("refresh")}
              </a>
            </noscript>
          )}
          <DeliverySection order={order} timeZone={timeZone} />
          <RefundSection refunds={order.refunds} timeZone={timeZone} />
        </div>
        {payable && (
          <div className={styles.pay}>
            <PaySection
              orderNo={order.orderNo}
              totalFen={order.totalFen}
              knowsOpenid={buyer.openid !== null}
              returned={from === "cashier"}
              signInFailed={signIn === "failed" && buyer.openid === null}
            />
            <CancelOrder orderNo={order.orderNo} />
          </div>
        )}
        <div className={styles.goods}>
          <OrderGoods order={order} />
          {!unfinished && (
            <div className={styles.deeds}>
              {whyNotRefundable(order, now) === null && (
                <Link
                  className="weui-btn weui-btn_default"
                  href={`/orders/${order.orderNo}/refund`}
                  prefetch={false}
                >
                  {t("askRefund")}
                </Link>
              )}
              <BuyAgain orderNo={order.orderNo} />
            </div>
          )}
        </div>
        <div className={styles.facts}>
          <OrderFacts order={order} timeZone={timeZone} />
        </div>
      </div>
    </ClientTexts>
  );
}
