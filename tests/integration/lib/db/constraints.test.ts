import { afterAll, beforeAll, expect, test } from "vitest";
import { aShop, aTransactionId, type PayableOrder } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let order: PayableOrder;
beforeAll(async () => {
  it = await aShop();
  order = await it.payableOrder();
});
afterAll(() => it.close());

const id = () => order.orderId;
const refused: [constraint: string, statement: () => string][] = [
  ["variants_stock", () => "UPDATE variants SET allocated = on_hand + 1"],
  ["variants_stock", () => "UPDATE variants SET allocated = -1"],
  ["variants_stock", () => "UPDATE variants SET on_hand = allocated - 1"],
  ["variants_price", () => "UPDATE variants SET price_fen = 0"],
  ["variants_price", () => "UPDATE variants SET price_fen = 1000000001"],
  ["orders_status", () => `UPDATE orders SET status = 'half', closed_reason = 'expired' WHERE id = ${id()}`],
  ["orders_total", () => `UPDATE orders SET total_fen = total_fen - 1 WHERE id = ${id()}`],
  ["orders_goods", () => `UPDATE orders SET goods_fen = 0, total_fen = 0 WHERE id = ${id()}`],
  ["orders_goods", () => `UPDATE orders SET freight_fen = -1, total_fen = goods_fen - 1 WHERE id = ${id()}`],
  ["orders_closed_with_reason", () => `UPDATE orders SET status = 'closed' WHERE id = ${id()}`],
  ["orders_closed_with_reason", () => `UPDATE orders SET status = 'closing' WHERE id = ${id()}`],
  ["orders_closed_reason", () => `UPDATE orders SET closed_reason = 'bored' WHERE id = ${id()}`],
  ["orders_paid_has_time", () => `UPDATE orders SET status = 'paid' WHERE id = ${id()}`],
  ["orders_recipient", () => `UPDATE orders SET kind = 'physical' WHERE id = ${id()}`],
  ["order_lines_quantity", () => `UPDATE order_lines SET quantity = 0 WHERE order_id = ${id()}`],
  ["payments_status", () => `UPDATE payments SET status = 'half' WHERE order_id = ${id()}`],
  ["payments_paid", () => `UPDATE payments SET status = 'paid' WHERE order_id = ${id()}`],
  [
    "payments_paid",
    () => `UPDATE payments SET transaction_id = '1', paid_at = now() WHERE order_id = ${id()}`,
  ],
  ["payments_total", () => `UPDATE payments SET total_fen = 0 WHERE order_id = ${id()}`],
  ["payments_current", () => copyPayment("gen_random_uuid()::text")],
  ["payments_out_trade_no", () => copyPayment("out_trade_no", "now()")],
  ["receipts_known", () => receipt({ verdict: "settling", known: false })],
  ["receipts_total", () => receipt({ totalFen: 0 })],
  ["receipts_verdict", () => receipt({ verdict: "free" })],
  ["receipts_one_settles", () => `${receipt({})}; ${receipt({})}`],
  [
    "receipts_transaction_id",
    () => `${receipt({ transactionId: "7" })}; ${receipt({ transactionId: "7", verdict: "surplus" })}`,
  ],
];

function copyPayment(outTradeNo: string, supersededAt = "superseded_at"): string {
  return `INSERT INTO payments (order_id, out_trade_no, trade_type, status, appid, mch_id, sign_type, total_fen, request, superseded_at)
    SELECT order_id, ${outTradeNo}, trade_type, status, appid, mch_id, sign_type, total_fen, request, ${supersededAt}
      FROM payments WHERE order_id = ${id()}`;
}

function receipt(of: {
  verdict?: string;
  totalFen?: number;
  transactionId?: string;
  known?: boolean;
}): string {
  const known = of.known === false ? "NULL, NULL" : "order_id, id";
  return `INSERT INTO receipts (transaction_id, out_trade_no, order_id, payment_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
    SELECT '${of.transactionId ?? aTransactionId()}', out_trade_no, ${known}, appid, mch_id, ${of.totalFen ?? 1}, 'CNY',
      '${of.verdict ?? "settling"}', 'query', now() FROM payments WHERE order_id = ${id()}`;
}

test.each(refused)("%s refuses: case %#", async (constraint, statement) => {
  const attempt = it.sql.begin((tx) => tx.unsafe(statement()));

  await expect(attempt).rejects.toMatchObject({ constraint_name: constraint });
});
