import { eq } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import { move } from "@/lib/db/move";
import { payments, receipts } from "@/lib/db/schema";
import { type Settlement, settlePayment } from "@/lib/notifications/settle-payment";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { type OrderQueryAnswer, queryOrder } from "@/lib/wechat/order-query";
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
  if (answer.transactionId === null || answer.totalFen === null) return "unknown_result"; // WeChat may leave them out of a REFUND.
  const settlement = await settlePayment(
    shop,
    {
      source: "query",
      signType: payment.signType,
      appId: payment.appid,
      mchId: payment.mchId,
      outTradeNo: payment.outTradeNo,
      resultCode: "SUCCESS",
      transactionId: answer.transactionId,
      totalFen: answer.totalFen,
      feeType: answer.feeType,
      openid: answer.openid,
      paidAt: answer.paidAt,
    },
    null,
  );
  if (answer.state === "REFUND") await findItsRefunds(shop, answer.transactionId);
  if (settlement.queued) nudgeOutbox(shop.sql);
  return money.has(settlement.verdict) ? "paid" : "disputed";
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

const money = new Set<Settlement["verdict"]>([
  "paid",
  "revived",
  "late",
  "surplus",
  "second_transaction",
  "repeated",
]);
