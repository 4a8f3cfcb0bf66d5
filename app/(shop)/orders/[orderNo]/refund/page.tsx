import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { Notice, noticeAction } from "@/app/ui/notice";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { findOrder } from "@/lib/orders/find-order";
import { buyerReasons } from "@/lib/refunds/reasons";
import { mostPictures } from "@/lib/refunds/refund-request";
import { shop } from "@/lib/shop";
import { Amounts } from "../../../amounts";
import { NotFoundPage } from "../../../not-found-page";
import { AskForm } from "./ask-form";
import { piecesLeft } from "./pieces-left";
import styles from "./refund.module.css";
import { whyNotRefundable } from "./why-not";

type Props = { params: Promise<{ orderNo: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shop.refundForm"))("title"), robots: { index: false } };
}

export default async function RefundPage({ params }: Props) {
  const buyer = await findCurrentBuyer();
  const order =
    buyer && (await findOrder(shop(), { orderNo: (await params).orderNo, memberId: buyer.memberId }));
  if (!order) return <NotFoundPage />;
  const t = await getTranslations("shop.refundForm");
  const orderPage = `/orders/${order.orderNo}`;
  const whyNot = whyNotRefundable(order, shop().now());
  if (whyNot)
    return (
      <Notice title={t("whyNotTitle")} text={t(`whyNot.${whyNot}`)}>
        <Link className={noticeAction} href={orderPage} prefetch={false}>
          {t("back")}
        </Link>
      </Notice>
    );

  const underwayFen = order.paidFen - order.refundedFen - order.refundableFen;
  return (
    <div className={styles.narrow}>
      <h1 className={styles.title}>{t("title")}</h1>
      <div className={styles.amounts}>
        <Amounts
          rows={[
            { label: t("paid"), fen: order.paidFen },
            ...(order.refundedFen > 0 ? [{ label: t("refunded"), fen: -order.refundedFen }] : []),
            ...(underwayFen > 0 ? [{ label: t("underway"), fen: -underwayFen }] : []),
          ]}
          total={{ label: t("refundable"), fen: order.refundableFen }}
        />
      </div>
      <ClientTexts
        pick={({ shop: { refundForm }, common: { refundReason } }) => ({
          shop: { refundForm },
          common: { refundReason },
        })}
      >
        <AskForm
          orderNo={order.orderNo}
          formKey={randomUUID()}
          refundableFen={order.refundableFen}
          lines={piecesLeft(order)}
          reasons={buyerReasons}
          mostPictures={mostPictures}
        />
      </ClientTexts>
      <Link className={styles.back} href={orderPage} prefetch={false}>
        {t("back")}
      </Link>
    </div>
  );
}
