import { and, asc, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { type ReceiptVerdict, receipts } from "@/lib/db/schema/receipts";
import { refunds } from "@/lib/db/schema/refunds";
import { maskOpenid } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";

export const moneyPageSize = 50;
export const waitingVerdicts = [
  "surplus",
  "mismatch",
  "unknown",
] as const satisfies readonly ReceiptVerdict[];
export type WaitingVerdict = (typeof waitingVerdicts)[number];

/** What became of it so far, oldest first; the refunds that nobody turned down. */
export type MoneyRefund = Pick<
  typeof refunds.$inferSelect,
  "receiptId" | "outRefundNo" | "status" | "refundFen" | "refusal" | "manualPaidAt"
>;

export type WaitingMoney = {
  id: number;
  transactionId: string;
  outTradeNo: string;
  /** Finer than the verdict: "late", "surplus", "second_transaction", "mismatch", "unknown". */
  reason: string;
  verdict: WaitingVerdict;
  totalFen: number;
  feeType: string;
  /** What the payment asked for, where it is known. */
  askedFen: number | null;
  payer: string | null;
  orderNo: string | null;
  paidAt: Date;
  refunds: MoneyRefund[];
};

/**
 * Money that came in and settles nothing: owed back (surplus), or waiting for a person; or, when `done`, what has all
 * gone back. Newest first.
 */
export async function listMoney(
  shop: Shop,
  filter: { verdict: WaitingVerdict | null; done?: boolean; before?: number },
): Promise<{ money: WaitingMoney[]; older: number | null }> {
  const rows = await shop.db
    .select({ receipt: receipts, askedFen: payments.totalFen, orderNo: orders.orderNo })
    .from(receipts)
    .leftJoin(payments, eq(payments.id, receipts.paymentId))
    .leftJoin(orders, eq(orders.id, receipts.orderId))
    .where(
      and(
        ne(receipts.verdict, "settling"), // As the partial index says it.
        filter.verdict ? eq(receipts.verdict, filter.verdict) : undefined,
        filter.done ? allGone : sql`NOT ${allGone}`,
        filter.before === undefined ? undefined : lt(receipts.id, filter.before),
      ),
    )
    .orderBy(desc(receipts.id))
    .limit(moneyPageSize + 1);
  const page = rows.slice(0, moneyPageSize);
  const back = await readRefunds(
    shop,
    page.map(({ receipt }) => receipt.id),
  );
  return {
    money: page.map(({ receipt, askedFen, orderNo }) => ({
      ...present(receipt, askedFen, orderNo),
      refunds: back.filter((refund) => refund.receiptId === receipt.id),
    })),
    older: rows.length > page.length ? (page.at(-1)?.receipt.id ?? null) : null,
  };
}

const allGone = sql`(SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f WHERE f.receipt_id = ${receipts.id}
  AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)) >= ${receipts.totalFen}`;

async function readRefunds({ db }: Shop, receiptIds: number[]): Promise<MoneyRefund[]> {
  if (receiptIds.length === 0) return [];
  const { receiptId, outRefundNo, status, refundFen, refusal, manualPaidAt } = refunds;
  return db
    .select({ receiptId, outRefundNo, status, refundFen, refusal, manualPaidAt })
    .from(refunds)
    .where(and(inArray(receiptId, receiptIds), sql`${status} NOT IN ('rejected', 'withdrawn')`))
    .orderBy(asc(refunds.id));
}

function present(
  receipt: typeof receipts.$inferSelect,
  askedFen: number | null,
  orderNo: string | null,
): Omit<WaitingMoney, "refunds"> {
  const { id, transactionId, outTradeNo, totalFen, feeType, openid, paidAt } = receipt;
  const verdict = waitingVerdicts.find((known) => known === receipt.verdict) ?? "unknown";
  const payer = openid === null ? null : maskOpenid(openid);
  return {
    id,
    transactionId,
    outTradeNo,
    totalFen,
    feeType,
    paidAt,
    askedFen,
    orderNo,
    payer,
    verdict,
    reason: receipt.reason ?? verdict,
  };
}
