import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { type ReceiptVerdict, receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { staff } from "@/lib/db/schema/staff";
import { maskOpenid } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";
import { isMoney, type MoneyFilter } from "./money-filter";

const moneyPageSize = 50;

/** What became of it so far, oldest first; the refunds that nobody turned down. */
export type MoneyRefund = Awaited<ReturnType<typeof readRefunds>>[number];

export type ListedMoney = {
  id: number;
  transactionId: string;
  outTradeNo: string;
  /** Finer than the verdict: "late", "surplus", "second_transaction", "mismatch", "unknown"; "paid" or "revived" of an order's payment. */
  reason: string;
  verdict: ReceiptVerdict;
  totalFen: number;
  feeType: string;
  /** What the payment asked for, where it is known. */
  askedFen: number | null;
  payer: string | null;
  orderNo: string | null;
  paidAt: Date;
  /** When nobody had to see to it any more; null while it waits, and of what paid its order by itself. */
  concludedAt: Date | null;
  /** Who said which order it pays. */
  tiedBy: string | null;
  refunds: MoneyRefund[];
};

/** Money that came in and settled nothing, newest first; of a number that was looked for also what did. */
export async function listMoney(
  shop: Shop,
  filter: MoneyFilter & { before?: number; size?: number },
): Promise<{ money: ListedMoney[]; older: number | null }> {
  const { size = moneyPageSize } = filter;
  const rows = await shop.db
    .select({
      receipt: receipts,
      askedFen: payments.totalFen,
      orderNo: orders.orderNo,
      tiedBy: staff.name,
    })
    .from(receipts)
    .leftJoin(payments, eq(payments.id, receipts.paymentId))
    .leftJoin(orders, eq(orders.id, receipts.orderId))
    .leftJoin(staff, eq(staff.id, receipts.tiedBy))
    .where(and(isMoney(filter), filter.before === undefined ? undefined : lt(receipts.id, filter.before)))
    .orderBy(desc(receipts.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  const back = await readRefunds(
    shop,
    page.map(({ receipt }) => receipt.id),
  );
  return {
    money: page.map(({ receipt, ...known }) => ({
      ...known,
      ...present(receipt),
      refunds: back.filter((refund) => refund.receiptId === receipt.id),
    })),
    older: rows.length > page.length ? (page.at(-1)?.receipt.id ?? null) : null,
  };
}

const decider = alias(staff, "decider");
const payer = alias(staff, "payer");

async function readRefunds({ db }: Shop, receiptIds: number[]) {
  if (receiptIds.length === 0) return [];
  const { receiptId, outRefundNo, status, source, refundFen, refusal, settledAt } = refunds;
  const { manualPaidAt, manualMethod } = refunds;
  return db
    .select({
      ...{
        receiptId,
        outRefundNo,
        status,
        source,
        refundFen,
        refusal,
        settledAt,
        manualPaidAt,
        manualMethod,
      },
      decider: decider.name,
      paidBy: payer.name,
    })
    .from(refunds)
    .leftJoin(decider, eq(decider.id, refunds.decidedBy))
    .leftJoin(payer, eq(payer.id, refunds.manualBy))
    .where(and(inArray(receiptId, receiptIds), sql`${status} NOT IN ('rejected', 'withdrawn')`))
    .orderBy(asc(refunds.id));
}

function present(
  receipt: typeof receipts.$inferSelect,
): Omit<ListedMoney, "refunds" | "askedFen" | "orderNo" | "tiedBy"> {
  const { id, transactionId, outTradeNo, totalFen, feeType, openid, paidAt, verdict, concludedAt } = receipt;
  return {
    ...{ id, transactionId, outTradeNo, totalFen, feeType, paidAt, verdict, concludedAt },
    payer: openid === null ? null : maskOpenid(openid),
    reason: receipt.reason ?? verdict,
  };
}
