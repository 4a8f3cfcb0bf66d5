import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { paymentStatuses } from "../../payments/state";
import { at, createdAt, fen, id, oneOf, ref } from "./columns";
import { orders } from "./orders";

export const tradeTypes = ["JSAPI", "MWEB", "NATIVE"] as const;
export type TradeType = (typeof tradeTypes)[number];

export const signTypes = ["MD5", "HMAC-SHA256"] as const;

/** One attempt to pay. `request` is what WeChat is sent, unsigned, the same at every repeat. */
export const payments = pgTable(
  "payments",
  {
    id: id(),
    orderId: ref("order_id")
      .notNull()
      .references(() => orders.id),
    outTradeNo: text("out_trade_no").notNull().unique("payments_out_trade_no"),
    tradeType: text("trade_type", { enum: tradeTypes }).notNull(),
    status: text("status", { enum: paymentStatuses }).notNull().default("created"),
    appid: text("appid").notNull(),
    mchId: text("mch_id").notNull(),
    openid: text("openid"),
    payerAddress: text("payer_address"),
    signType: text("sign_type", { enum: signTypes }).notNull(),
    totalFen: fen("total_fen").notNull(),
    request: jsonb("request").$type<Record<string, string>>().notNull(),
    prepayId: text("prepay_id"),
    codeUrl: text("code_url"),
    mwebUrl: text("mweb_url"),
    transactionId: text("transaction_id"),
    createdAt: createdAt(),
    /** When WeChat was last asked for a number that it may not have had before: its own age counts from there. */
    askedAt: at("asked_at"),
    supersededAt: at("superseded_at"),
    queriedAt: at("queried_at"),
    paidAt: at("paid_at"),
  },
  (t) => [
    check("payments_trade_type", oneOf("trade_type", tradeTypes)),
    check("payments_status", oneOf("status", paymentStatuses)),
    check("payments_sign_type", oneOf("sign_type", signTypes)),
    check("payments_total", sql`${t.totalFen} >= 1`),
    check(
      "payments_paid",
      sql`(${t.status} = 'paid') = (${t.transactionId} IS NOT NULL AND ${t.paidAt} IS NOT NULL)`,
    ),
    uniqueIndex("payments_current")
      .on(t.orderId)
      .where(sql`${t.supersededAt} IS NULL AND ${t.status} IN ('created', 'open')`),
    index("payments_order").on(t.orderId, t.id),
  ],
);
