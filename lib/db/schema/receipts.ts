import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, fen, id, oneOf, ref } from "./columns";
import { orders } from "./orders";
import { payments } from "./payments";
import { staff } from "./staff";

export const receiptVerdicts = ["settling", "surplus", "mismatch", "unknown"] as const;
export type ReceiptVerdict = (typeof receiptVerdicts)[number];

export const moneySources = ["notification", "query"] as const;
export type MoneySource = (typeof moneySources)[number];

/** What settles nothing and is not with its payer again. */
const waits = sql.raw("verdict <> 'settling' AND concluded_at IS NULL");

/** Money that WeChat says it took, whether or not we know what for. With refunds, the ledger. */
export const receipts = pgTable(
  "receipts",
  {
    id: id(),
    transactionId: text("transaction_id").notNull().unique("receipts_transaction_id"),
    outTradeNo: text("out_trade_no").notNull(),
    orderId: ref("order_id").references(() => orders.id),
    paymentId: ref("payment_id").references(() => payments.id),
    appid: text("appid").notNull(),
    mchId: text("mch_id").notNull(),
    openid: text("openid"),
    totalFen: fen("total_fen").notNull(),
    feeType: text("fee_type").notNull(),
    verdict: text("verdict", { enum: receiptVerdicts }).notNull(),
    reason: text("reason"),
    source: text("source", { enum: moneySources }).notNull(),
    paidAt: at("paid_at").notNull(),
    createdAt: createdAt(),
    /** Of money that did not pay an order by itself: when all of it had gone back, or when it became an order's payment. */
    concludedAt: at("concluded_at"),
    tiedBy: ref("tied_by").references(() => staff.id), // Who said which order it pays.
  },
  (t) => [
    check("receipts_verdict", oneOf("verdict", receiptVerdicts)),
    check("receipts_source", oneOf("source", moneySources)),
    check("receipts_total", sql`${t.totalFen} >= 1`),
    // A person may tie money to an order that no payment of ours asked for.
    check("receipts_known", sql`${t.verdict} = 'unknown' OR ${t.orderId} IS NOT NULL`),
    uniqueIndex("receipts_one_settles").on(t.orderId).where(sql`${t.verdict} = 'settling'`),
    index("receipts_order").on(t.orderId),
    index("receipts_waiting").on(t.id).where(waits),
    index("receipts_concluded").on(t.id).where(sql`${t.concludedAt} IS NOT NULL`),
    index("receipts_paid").on(t.paidAt, t.totalFen).where(sql`${t.verdict} = 'settling'`),
  ],
);
