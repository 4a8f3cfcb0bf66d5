import { eq } from "drizzle-orm";
import { move } from "@/lib/db/move";
import { payments } from "@/lib/db/schema/payments";
import type { Shop } from "@/lib/shop";
import { closeNotBeforeMs, closeOrder } from "@/lib/wechat/close-order";
import { WechatError } from "@/lib/wechat/errors";
import { type PaymentRow, queryPayment } from "./query-payment";
import { recordCall } from "./record-call";

export type ClosingOutcome = { kind: "closed" } | { kind: "paid" } | { kind: "later"; at: Date };

/** WeChat counts from when it got the number, on its own clock: five minutes and a margin for both. */
export function closableAt({ createdAt, askedAt }: Pick<PaymentRow, "createdAt" | "askedAt">): Date {
  return new Date((askedAt ?? createdAt).getTime() + closeNotBeforeMs + marginMs);
}

const marginMs = 10_000;

/**
 * Closes one payment for good: query, closeorder, then our row. Money found on the way is settled instead.
 * `later` says when it is worth coming back.
 */
export async function closePayment(shop: Shop, paymentId: number): Promise<ClosingOutcome> {
  const [payment] = await shop.db.select().from(payments).where(eq(payments.id, paymentId));
  if (!payment || payment.status === "closed") return { kind: "closed" };
  if (payment.status === "paid") return { kind: "paid" };

  const found = await queryPayment(shop, payment);
  if ((found === "paid" || found === "disputed") && (await wentElsewhere(shop, payment)))
    return closeHere(shop, payment);
  if (found === "paid") return { kind: "paid" };
  if (found === "closed") return { kind: "closed" };
  if (found === "disputed") return later(shop, 60 * 60_000); // A person decides about that money; WeChat will not close it.
  if (found === "unknown_result") return later(shop, growingGapMs(shop, payment));
  const at = closableAt(payment);
  if (shop.now() < at) return { kind: "later", at };
  return closeAtWechat(shop, payment);
}

async function closeAtWechat(shop: Shop, payment: PaymentRow): Promise<ClosingOutcome> {
  try {
    const outcome = await recordCall(
      shop,
      { payment, call: "closeorder" },
      () =>
        closeOrder(shop.merchant, {
          appId: payment.appid,
          outTradeNo: payment.outTradeNo,
          signType: payment.signType,
        }),
      (result) => result,
    );
    if (outcome === "too_early") return later(shop, 60_000);
    if (outcome === "paid") {
      const found = await queryPayment(shop, payment);
      return found === "paid" ? { kind: "paid" } : later(shop, 15_000);
    }
  } catch (error) {
    if (error instanceof WechatError) return later(shop, growingGapMs(shop, payment));
    throw error;
  }
  return closeHere(shop, payment);
}

async function closeHere(shop: Shop, payment: PaymentRow): Promise<ClosingOutcome> {
  await shop.db.transaction((tx) =>
    move(tx, {
      entity: "payment",
      event: "close",
      id: payment.id,
      actor: "job:close_payment",
      at: shop.now(),
    }),
  );
  return { kind: "closed" };
}

/** A person has given the disputed money back, or tied it to another order: nobody can pay this number any more. */
async function wentElsewhere({ sql }: Shop, payment: PaymentRow): Promise<boolean> {
  const [row] = await sql<{ gone: boolean | null }[]>`
    SELECT bool_and(r.order_id <> ${payment.orderId} OR (r.verdict <> 'settling' AND r.total_fen <= (SELECT coalesce(sum(f.refund_fen), 0)
      FROM refunds f WHERE f.receipt_id = r.id AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)))) AS gone
    FROM receipts r WHERE r.out_trade_no = ${payment.outTradeNo}`;
  return row?.gone === true;
}

/** A tenth of the payment's age: soon at first, hourly when WeChat stays away. */
function growingGapMs(shop: Shop, payment: PaymentRow): number {
  return Math.min(Math.max((shop.now().getTime() - payment.createdAt.getTime()) / 10, 30_000), 60 * 60_000);
}

function later(shop: Shop, ms: number): ClosingOutcome {
  return { kind: "later", at: new Date(shop.now().getTime() + ms) };
}
