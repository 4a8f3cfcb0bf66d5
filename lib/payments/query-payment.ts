import { eq } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { move } from "@/lib/db/move";
import { payments } from "@/lib/db/schema/payments";
import { receipts } from "@/lib/db/schema/receipts";
import { type Settlement, settlePayment } from "@/lib/notifications/settle-payment";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { type OrderQueryAnswer, queryOrder } from "@/lib/wechat/order-query";
import { queryRefunds } from "@/lib/wechat/refund-query";
import { recordCall } from "./record-call";

export type PaymentRow = typeof payments.$inferSelect;

/** `unknown_result`: WeChat did not answer clearly; nothing is concluded from it. `disputed`: money, but not as asked. */
export type QueryOutcome = "paid" | "disputed" | "unpaid" | "closed" | "not_found" | "unknown_result";

/**
 * Asks WeChat about one payment and applies the answer through the same statement as a notification.
 * Calls WeChat: never inside a transaction.
 */
export async function queryPayment(shop: Shop, payment: PaymentRow): Promise<QueryOutcome> {
  await shop.db.update(payments).set({ queriedAt: shop.now() }).where(eq(payments.id, payment.id));
  let answer: OrderQueryAnswer;
  try {
    answer = await recordCall(
      shop,
      { payment, call: "orderquery" },
      () =>
        queryOrder(shop.merchant, {
          appId: payment.appid,
          outTradeNo: payment.outTradeNo,
          signType: payment.signType,
        }),
      ({ state }) => state,
    );
  } catch (error) {
    if (error instanceof WechatError) return "unknown_result";
    throw error;
  }

  switch (answer.state) {
    case "SUCCESS":
    case "REFUND": // Paid, and at least one refund exists: the payment itself is the same fact.
      return settleFromQuery(shop, payment, answer);
    case "CLOSED":
    case "REVOKED":
    case "PAYERROR":
      await shop.db.transaction((tx) =>
        move(tx, {
          entity: "payment",
          event: "close",
          id: payment.id,
          actor: "wechat:query",
          at: shop.now(),
        }),
      );
      return "closed";
    case "NOT_FOUND":
      return "not_found";
    default:
      return "unpaid";
  }
}

async function settleFromQuery(
  shop: Shop,
  payment: PaymentRow,
  answer: OrderQueryAnswer,
): Promise<QueryOutcome> {
  const money = await moneyOf(shop, payment, answer);
  if (!money) return "unknown_result";
  const settlement = await settlePayment(
    shop,
    {
      source: "query",
      signType: payment.signType,
      appId: payment.appid,
      mchId: payment.mchId,
      outTradeNo: payment.outTradeNo,
      resultCode: "SUCCESS",
      ...money,
      feeType: answer.feeType,
      openid: answer.openid,
    },
    null,
  );
  if (answer.state === "REFUND") await findItsRefunds(shop, money.transactionId);
  if (settlement.queued) nudgeOutbox(shop.sql);
  return settled.has(settlement.verdict) ? "paid" : "disputed";
}

/**
 * Of a payment with a refund WeChat may tell no more than that: then its refunds name the transaction and its total. It
 * was paid no earlier than it was made; nothing says how much later.
 */
async function moneyOf(
  shop: Shop,
  payment: PaymentRow,
  { transactionId, totalFen, paidAt }: OrderQueryAnswer,
): Promise<{ transactionId: string; totalFen: number; paidAt: Date | null } | null> {
  if (transactionId !== null && totalFen !== null) return { transactionId, totalFen, paidAt };
  const { appid: appId, signType, outTradeNo } = payment;
  try {
    const refunds = await recordCall(
      shop,
      { payment, call: "refundquery" },
      () => queryRefunds(shop.merchant, { appId, signType, by: { outTradeNo } }),
      (found) => (found ? "REFUND" : "REFUNDNOTEXIST"),
    );
    if (!refunds) return null;
    return {
      transactionId: refunds.transactionId,
      totalFen: refunds.totalFen,
      paidAt: paidAt ?? payment.createdAt,
    };
  } catch (error) {
    if (error instanceof WechatError) return null;
    throw error;
  }
}

/** Somebody has refunded it at WeChat: those refunds are asked for, too. */
async function findItsRefunds(shop: Shop, transactionId: string): Promise<void> {
  const [receipt] = await shop.db
    .select({ id: receipts.id, orderId: receipts.orderId })
    .from(receipts)
    .where(eq(receipts.transactionId, transactionId));
  if (receipt)
    await addJob(shop.db, {
      task: "find_refunds",
      payload: { orderId: receipt.orderId, receiptId: receipt.id },
      key: `find_refunds:${receipt.id}`,
    });
}

const settled = new Set<Settlement["verdict"]>([
  "paid",
  "revived",
  "late",
  "surplus",
  "second_transaction",
  "repeated",
]);
