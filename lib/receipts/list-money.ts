import { and, desc, eq, lt, ne } from "drizzle-orm";
import { orders, payments, type ReceiptVerdict, receipts } from "@/lib/db/schema";
import { maskOpenid } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";

export const moneyPageSize = 50;
export const waitingVerdicts = [
  "surplus",
  "mismatch",
  "unknown",
] as const satisfies readonly ReceiptVerdict[];
export type WaitingVerdict = (typeof waitingVerdicts)[number];

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
};

/** Money that came in and settles nothing: owed back (surplus), or waiting for a person. Newest first. */
export async function listMoney(
  shop: Shop,
  filter: { verdict: WaitingVerdict | null; before?: number },
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
        filter.before === undefined ? undefined : lt(receipts.id, filter.before),
      ),
    )
    .orderBy(desc(receipts.id))
    .limit(moneyPageSize + 1);
  const page = rows.slice(0, moneyPageSize);
  return {
    money: page.map(({ receipt, askedFen, orderNo }) => present(receipt, askedFen, orderNo)),
    older: rows.length > page.length ? (page.at(-1)?.receipt.id ?? null) : null,
  };
}

function present(
  receipt: typeof receipts.$inferSelect,
  askedFen: number | null,
  orderNo: string | null,
): WaitingMoney {
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
