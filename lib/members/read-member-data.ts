import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { addresses } from "@/lib/db/schema/addresses";
import { cartLines } from "@/lib/db/schema/cart";
import { variants } from "@/lib/db/schema/catalog";
import { deliveries } from "@/lib/db/schema/deliveries";
import { memberIdentities, memberTags } from "@/lib/db/schema/members";
import { staffNotes } from "@/lib/db/schema/notes";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { uploads } from "@/lib/db/schema/pictures";
import { receipts } from "@/lib/db/schema/receipts";
import { refundLines, refundPictures, refunds } from "@/lib/db/schema/refunds";
import type { MemberRow } from "./change-member";

export type MemberData = Awaited<ReturnType<typeof readMemberData>>;

/**
 * Everything that the shop holds about a person, in full, as plain values: who they are to WeChat, what they ordered,
 * paid and had refunded, what went where, their cart and address book, and what staff wrote about them. Who of the staff wrote it is not theirs.
 */
export async function readMemberData(tx: Tx, member: MemberRow) {
  const { id: memberId, createdAt: joinedAt, blockedAt, blockedReason } = member;
  const identities = await tx.select().from(memberIdentities).where(eq(memberIdentities.memberId, memberId));
  const tags = await tx.select().from(memberTags).where(eq(memberTags.memberId, memberId));
  const own = await tx.select().from(orders).where(eq(orders.memberId, memberId)).orderBy(asc(orders.id));
  const notes = await readNotes(tx, memberId, own);
  const sent = await tx.select().from(uploads).where(eq(uploads.memberId, memberId));
  const hanging = await readHanging(
    tx,
    own.map(({ id }) => id),
  );
  return {
    member: { memberId, joinedAt, blockedAt, blockedReason, tags: tags.map(({ tag }) => tag) },
    identities: identities.map(({ appid, openid, unionid, createdAt }) => ({
      appid,
      openid,
      unionid,
      createdAt,
    })),
    notes,
    uploads: sent.map(({ pictureName, createdAt }) => ({ picture: pictureName, createdAt })),
    cart: await readCartData(tx, memberId),
    addresses: await readBook(tx, memberId),
    orders: own.map((order) => presentOrder(order, hanging)),
  };
}

async function readCartData(tx: Tx, memberId: number) {
  const { quantity, seenFen, createdAt, removedAt } = cartLines;
  return tx
    .select({ sku: variants.sku, quantity, seenFen, createdAt, removedAt })
    .from(cartLines)
    .innerJoin(variants, eq(variants.id, cartLines.variantId))
    .where(eq(cartLines.memberId, memberId));
}

async function readBook(tx: Tx, memberId: number) {
  const book = await tx
    .select()
    .from(addresses)
    .where(eq(addresses.memberId, memberId))
    .orderBy(asc(addresses.id));
  return book.map(({ id: _, memberId: __, ...address }) => address);
}

async function readNotes(tx: Tx, memberId: number, own: { id: number; orderNo: string }[]) {
  const numbers = new Map(own.map(({ id, orderNo }) => [id, orderNo]));
  const [about, onOrders] = [
    await tx.select().from(staffNotes).where(eq(staffNotes.memberId, memberId)),
    await tx
      .select()
      .from(staffNotes)
      .where(inArray(staffNotes.orderId, [...numbers.keys()])),
  ];
  return [...about, ...onOrders].map(({ orderId, text, createdAt }) => ({
    orderNo: orderId === null ? null : numbers.get(orderId),
    ...{ text, createdAt },
  }));
}

type Hanging = Awaited<ReturnType<typeof readHanging>>;

async function readHanging(tx: Tx, ids: number[]) {
  const back = await tx.select().from(refunds).where(inArray(refunds.orderId, ids)).orderBy(asc(refunds.id));
  const refundIds = back.map(({ id }) => id);
  return {
    back,
    lines: await tx.select().from(orderLines).where(inArray(orderLines.orderId, ids)),
    attempts: await tx.select().from(payments).where(inArray(payments.orderId, ids)),
    money: await tx.select().from(receipts).where(inArray(receipts.orderId, ids)),
    parcels: await tx.select().from(deliveries).where(inArray(deliveries.orderId, ids)),
    asked: await tx.select().from(refundLines).where(inArray(refundLines.refundId, refundIds)),
    shown: await tx.select().from(refundPictures).where(inArray(refundPictures.refundId, refundIds)),
  };
}

function presentOrder(order: typeof orders.$inferSelect, of: Hanging) {
  const { id, memberId: _, phone: __, assignedTo: ___, ...rest } = order;
  const mine = (row: { orderId: number | null }) => row.orderId === id;
  const titles = new Map(of.lines.filter(mine).map(({ variantId, title }) => [variantId, title]));
  return {
    ...rest,
    lines: of.lines
      .filter(mine)
      .map(({ sku, title, quantity, priceFen, shipped }) => ({ sku, title, quantity, priceFen, shipped })),
    payments: of.attempts.filter(mine).map((payment) => {
      const {
        outTradeNo,
        tradeType,
        status,
        appid,
        openid,
        payerAddress,
        totalFen,
        transactionId,
        createdAt,
        paidAt,
      } = payment;
      const money = { totalFen, transactionId, createdAt, paidAt };
      return { outTradeNo, tradeType, status, appid, openid, payerAddress, ...money };
    }),
    receipts: of.money
      .filter(mine)
      .map(({ transactionId, outTradeNo, appid, openid, totalFen, feeType, verdict, paidAt }) => ({
        ...{ transactionId, outTradeNo, appid, openid, totalFen, feeType, verdict, paidAt },
      })),
    deliveries: of.parcels
      .filter(mine)
      .map(
        ({
          kind,
          status,
          carrier,
          trackingNo,
          phoneTail,
          note,
          shippedAt,
          receivedAt,
          failedAt,
          failReason,
        }) => ({
          ...{
            kind,
            status,
            carrier,
            trackingNo,
            phoneTail,
            note,
            shippedAt,
            receivedAt,
            failedAt,
            failReason,
          },
        }),
      ),
    refunds: of.back.filter(mine).map((refund) => ({
      ...presentRefund(refund),
      lines: of.asked
        .filter(({ refundId }) => refundId === refund.id)
        .map(({ variantId, quantity }) => ({ title: titles.get(variantId), quantity })),
      pictures: of.shown
        .filter(({ refundId }) => refundId === refund.id)
        .map(({ pictureName }) => pictureName),
    })),
  };
}

function presentRefund(refund: typeof refunds.$inferSelect) {
  const { outRefundNo, refundId, source, status, requestedFen, refundFen, reason, reasonText, createdAt } =
    refund;
  const { decidedAt, decisionNote, returnCarrier, returnTrackingNo, settledAt, recvAccount } = refund;
  const { manualMethod, manualReference, manualNote, manualPaidAt } = refund;
  return {
    ...{ outRefundNo, refundId, source, status, requestedFen, refundFen, reason, reasonText, createdAt },
    ...{ decidedAt, decisionNote, returnCarrier, returnTrackingNo, settledAt, recvAccount },
    ...{ manualMethod, manualReference, manualNote, manualPaidAt },
  };
}
