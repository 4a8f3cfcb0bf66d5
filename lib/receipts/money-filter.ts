import { type SQL, sql } from "drizzle-orm";
import { type ReceiptVerdict, receipts } from "@/lib/db/schema/receipts";
import { idsNamed } from "@/lib/orders/find-order-id";

/** `waiting`: not with its payer again and no order's payment; `toDecide`, of these: nobody and no rule is at it. */
export const moneyStates = ["waiting", "toDecide", "done"] as const;
export type MoneyState = (typeof moneyStates)[number];

export type MoneyFilter = {
  state: MoneyState;
  /** `settling` is what a person or WeChat has made an order's payment later on. */
  verdict: ReceiptVerdict | null;
  /** Of the payment, `from` inside and `to` outside. */
  from?: Date | null;
  to?: Date | null;
  /** A number of the transaction, the payment, the order or a refund, whole: it is found in any state. */
  number?: string | null;
};

/** What the filter keeps of `receipts`: pieces of the small indexes over money that did not pay an order by itself. */
export function isMoney({ state, verdict, from, to, number }: MoneyFilter): SQL {
  const conditions = [
    ...(number ? [sql`${receipts.id} IN (${receiptsNamed(number)})`] : [states[state]]),
    ...(verdict && !number ? [sql`${receipts.verdict} = ${verdict}`] : []),
    ...(from ? [sql`${receipts.paidAt} >= ${from.toISOString()}`] : []),
    ...(to ? [sql`${receipts.paidAt} < ${to.toISOString()}`] : []),
  ];
  return sql.join(conditions, sql` AND `);
}

/** What has come back to the payer of a receipt so far. */
export const goneFen = sql`(SELECT coalesce(sum(f.refund_fen), 0) FROM refunds f WHERE f.receipt_id = ${receipts.id}
  AND (f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL))`;

const waits = sql`${receipts.verdict} <> 'settling' AND ${receipts.concludedAt} IS NULL`; // As the partial index says it.

const hasRefund = (which: SQL) =>
  sql`EXISTS (SELECT FROM refunds f WHERE f.receipt_id = ${receipts.id} AND ${which})`;

const states: Record<MoneyState, SQL> = {
  waiting: waits,
  // A rule sends surplus back, once: what WeChat gave up of it waits for a person.
  toDecide: sql`${waits} AND NOT ${hasRefund(sql`f.status NOT IN ('rejected', 'withdrawn', 'closed')`)}
    AND (${receipts.verdict} <> 'surplus' OR ${hasRefund(sql`f.status IN ('rejected', 'closed')`)})`,
  done: sql`${receipts.concludedAt} IS NOT NULL`,
};

/** Money that no payment of ours asked for has no order to be found by. */
function receiptsNamed(number: string): SQL {
  return sql`SELECT n.id FROM receipts n WHERE n.transaction_id = ${number}
    UNION SELECT n.id FROM receipts n WHERE n.order_id IN (${idsNamed(number)})
    UNION SELECT n.id FROM receipts n WHERE n.verdict <> 'settling' AND n.concluded_at IS NULL AND n.out_trade_no = ${number}
    UNION SELECT n.id FROM receipts n WHERE n.concluded_at IS NOT NULL AND n.out_trade_no = ${number}
    UNION SELECT f.receipt_id FROM refunds f WHERE f.out_refund_no = ${number} OR f.refund_id = ${number}`;
}
