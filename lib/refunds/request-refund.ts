import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { uploads } from "@/lib/db/schema/pictures";
import { receipts } from "@/lib/db/schema/receipts";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer, lockMember } from "@/lib/members/lock-member";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { announceRefund } from "./announce-refund";
import { approveNow } from "./approve-now";
import { findAsked, keyOf, rememberAsked } from "./asked-before";
import { insertRefund, refundableForMs } from "./insert-refund";
import { lockReceipt, type OrderRow, type ReceiptRow, type RefundRow } from "./lock-refund";
import type { RefundRequest } from "./refund-request";
import { refundableFen } from "./refundable";
import type { RefundStatus } from "./state";

/** Who asks: the order's own buyer, or one of the staff on the buyer's behalf. */
export type Asker = { memberId: number } | { staffId: number; address: string };

/**
 * Asks for money back out of what settled an order. What is left of it is read under the receipt's lock, so that two
 * requests together never exceed it. The same `idempotencyKey` of the same asker gives the same refund again for 24 hours.
 */
export async function requestRefund(
  shop: Shop,
  of: { by: Asker; request: RefundRequest; idempotencyKey: string | null },
): Promise<{ refundNo: string; status: RefundStatus }> {
  const { by, request } = of;
  const settings = await readSettings(shop.db);
  const answer = await shop.db.transaction(async (tx) => {
    if ("memberId" in by) await lockBuyer(tx, by.memberId);
    else await lockMember(tx, await memberOf(tx, request.orderNo));
    const { order, settling } = await lockOrderToRefund(tx, of);
    const asked = keyOf({ ...of, memberId: order.memberId });
    const known = asked && (await findAsked(tx, asked, shop.now()));
    if (known) return known;

    const receipt = receiptToRefund(order, settling, shop.now());
    await refuseOthersPictures(tx, of);
    const refund = await insertRefund(tx, {
      ...request,
      ...("memberId" in by
        ? { source: "buyer", actor: `buyer:${by.memberId}`, memberId: by.memberId }
        : { source: "staff", actor: `staff:${by.staffId}`, staffId: by.staffId }),
      receipt,
      now: shop.now(),
    });
    if (asked) await rememberAsked(tx, asked, { orderId: order.id, refundId: refund.id, now: shop.now() });
    if ("staffId" in by)
      await writeEntry(tx, {
        ...by,
        action: "refund.request",
        subject: "refund",
        subjectId: refund.id,
        orderId: order.id,
        at: shop.now(),
        after: { refundNo: refund.outRefundNo, refundFen: refund.refundFen, reason: refund.reason },
      });
    const approved = await approveByRule(tx, shop, { refund, order, receipt, settings });
    await announceRefund(tx, refund, shop.now());
    return { refundNo: refund.outRefundNo, status: approved ? ("approved" as const) : refund.status };
  });
  nudgeOutbox(shop.sql);
  return answer;
}

async function memberOf(tx: Tx, orderNo: string): Promise<number> {
  const [order] = await tx
    .select({ memberId: orders.memberId })
    .from(orders)
    .where(eq(orders.orderNo, orderNo));
  if (!order) throw new AppError("not_found");
  return order.memberId;
}

async function lockOrderToRefund(
  tx: Tx,
  of: { by: Asker; request: RefundRequest },
): Promise<{ order: OrderRow; settling: ReceiptRow | null }> {
  const mine = "memberId" in of.by ? eq(orders.memberId, of.by.memberId) : undefined;
  const [order] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.orderNo, of.request.orderNo), mine))
    .for("no key update");
  if (!order) throw new AppError("not_found");
  const [settling] = await tx
    .select({ id: receipts.id })
    .from(receipts)
    .where(and(eq(receipts.orderId, order.id), eq(receipts.verdict, "settling")));
  return { order, settling: settling ? (await lockReceipt(tx, settling.id)).receipt : null };
}

/** What settled the order, while WeChat still refunds it. */
function receiptToRefund(order: OrderRow, receipt: ReceiptRow | null, now: Date): ReceiptRow {
  if (!receipt || !["paid", "shipped", "completed"].includes(order.status))
    throw new AppError("not_refundable", { orderStatus: order.status, closedReason: order.closedReason });
  if (now.getTime() - receipt.paidAt.getTime() >= refundableForMs)
    throw new AppError("payment_too_old", { paidAt: receipt.paidAt.toISOString() });
  return receipt;
}

/** Only what the asker has uploaded; names are no secret once somebody has seen the picture. Held, so that no clean-up takes them now. */
async function refuseOthersPictures(tx: Tx, of: { by: Asker; request: RefundRequest }): Promise<void> {
  const { pictures } = of.request;
  if (!pictures.length) return;
  const mine = "memberId" in of.by ? eq(uploads.memberId, of.by.memberId) : sql`false`; // Staff upload none.
  const own = await tx
    .select({ name: uploads.pictureName })
    .from(uploads)
    .where(and(mine, inArray(uploads.pictureName, pictures)))
    .for("share");
  if (own.length !== pictures.length)
    throw new AppError("malformed", { errors: [{ path: "pictures", code: "pictures" }] });
}

/**
 * The rule that a merchant may switch on: small sums of orders of which nothing has left. What was asked of the same
 * payment before counts along: a large sum in slices is no small one.
 */
async function approveByRule(
  tx: Tx,
  shop: Shop,
  of: {
    refund: RefundRow;
    order: OrderRow;
    receipt: ReceiptRow;
    settings: Awaited<ReturnType<typeof readSettings>>;
  },
): Promise<boolean> {
  const { refund, order, receipt, settings } = of;
  const { refundAutoApproveBelowFen: atMost, refundSecondPersonFromFen: twoFrom } = settings;
  if (refund.source !== "buyer" || refund.refundFen > atMost || order.status !== "paid") return false;
  const togetherFen = receipt.totalFen - (await refundableFen(tx, receipt.id));
  if (togetherFen > atMost || (twoFrom > 0 && togetherFen >= twoFrom)) return false;
  const shipped = await tx.$count(
    orderLines,
    and(eq(orderLines.orderId, order.id), gt(orderLines.shipped, 0)),
  );
  if (shipped > 0) return false;
  await approveNow(tx, {
    refund,
    actor: "rule:auto_approve",
    staffId: null,
    undoSeconds: 0,
    now: shop.now(),
  });
  return true;
}
