import { asc, count, eq } from "drizzle-orm";
import { memberIdentities, members } from "@/lib/db/schema/members";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { receipts } from "@/lib/db/schema/receipts";
import { maskOpenid, maskRecipient } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";

export type DeskOrder = NonNullable<Awaited<ReturnType<typeof findOrderForDesk>>>;

/** One order with its goods, money and people, personal data masked; null when there is none with this number. */
export async function findOrderForDesk(shop: Shop, orderNo: string) {
  const [order] = await shop.db.select().from(orders).where(eq(orders.orderNo, orderNo));
  if (!order) return null;
  const [lines, attempts, money, identities, member] = await Promise.all([
    shop.db
      .select()
      .from(orderLines)
      .where(eq(orderLines.orderId, order.id))
      .orderBy(asc(orderLines.variantId)),
    shop.db
      .select(shownOfPayment)
      .from(payments)
      .where(eq(payments.orderId, order.id))
      .orderBy(asc(payments.id)),
    shop.db.select().from(receipts).where(eq(receipts.orderId, order.id)).orderBy(asc(receipts.id)),
    shop.db.select().from(memberIdentities).where(eq(memberIdentities.memberId, order.memberId)).limit(10),
    readMember(shop, order.memberId),
  ]);
  const { recipient, phone: _, ...rest } = order;
  return {
    ...rest,
    recipient: recipient && maskRecipient(recipient),
    identities: identities.map(({ appid, openid }) => ({ appid, openid: maskOpenid(openid) })),
    member,
    lines,
    payments: attempts,
    receipts: money.map(({ openid, ...receipt }) => ({ ...receipt, payer: openid && maskOpenid(openid) })),
    paidFen: money.find((receipt) => receipt.verdict === "settling")?.totalFen ?? 0,
    owedFen: sum(money.filter((receipt) => receipt.verdict === "surplus").map((receipt) => receipt.totalFen)),
  };
}

const ordersCounted = 1000; // Beyond that nobody counts, and one buyer's page must not read a million rows.

/** How many orders the member has, 1000 at most, and whether the shop still sells them anything. */
async function readMember({ db }: Shop, memberId: number) {
  const theirs = db.select({ id: orders.id }).from(orders).where(eq(orders.memberId, memberId));
  const some = theirs.limit(ordersCounted).as("some");
  const [[member], [counted]] = await Promise.all([
    db
      .select({ blockedAt: members.blockedAt, erasedAt: members.erasedAt })
      .from(members)
      .where(eq(members.id, memberId)),
    db.select({ orders: count() }).from(some),
  ]);
  const known = counted?.orders ?? 0;
  return {
    blockedAt: member?.blockedAt ?? null,
    erasedAt: member?.erasedAt ?? null,
    orders: known,
    isMore: known === ordersCounted,
  };
}

const shownOfPayment = {
  id: payments.id,
  outTradeNo: payments.outTradeNo,
  tradeType: payments.tradeType,
  status: payments.status,
  signType: payments.signType,
  totalFen: payments.totalFen,
  transactionId: payments.transactionId,
  createdAt: payments.createdAt,
  supersededAt: payments.supersededAt,
  paidAt: payments.paidAt,
};

function sum(fens: number[]): number {
  return fens.reduce((total, fen) => total + fen, 0);
}
