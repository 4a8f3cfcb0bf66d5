import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, bytes, id, oneOf, ref } from "./columns";

export const notificationKinds = ["payment", "refund", "alarm", "push"] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationVerdicts = [
  "paid", // it settled its order
  "revived", // late, and the order could be had again
  "late", // the order was closed: surplus
  "surplus", // the order was paid already
  "second_transaction", // another transaction for a number that was paid
  "repeated", // the money was known already, from a query or another message
  "mismatch", // another amount or currency than asked
  "unknown", // properly signed, but no such number here
  "not_paid", // a signed failure
  "not_ours", // another appid or merchant
  "weaker_signature", // MD5 where HMAC-SHA256 is agreed
  "forged", // the signature is wrong
  "malformed", // cannot be read, or lacks what it must have
  "unverified", // an alarm without WECHAT_APP_KEY
  "applied", // it moved its refund
  "portal", // a refund made in WeChat's merchant portal: now a row of its own
  "stored", // verified and kept; what it causes is the work of its noun
  "failed", // our own fault half-way; WeChat comes again, staff can replay
] as const;
export type NotificationVerdict = (typeof notificationVerdicts)[number];

/** What WeChat sent, as received. `dedupe_key` makes a copy count instead of a row. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    kind: text("kind", { enum: notificationKinds }).notNull(),
    verdict: text("verdict", { enum: notificationVerdicts }).notNull(),
    reason: text("reason"),
    dedupeKey: text("dedupe_key").unique("notifications_dedupe_key"),
    orderId: ref("order_id"),
    outTradeNo: text("out_trade_no"),
    transactionId: text("transaction_id"),
    answer: text("answer").notNull(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    body: bytes("body").notNull(),
    address: text("address"),
    copies: integer("copies").notNull().default(0),
    receivedAt: at("received_at").notNull().defaultNow(),
    lastReceivedAt: at("last_received_at").notNull().defaultNow(),
    appliedAt: at("applied_at"),
    /** When the buyer's data was cut out of the body: its signature can no longer be checked, what it was found to be stands. */
    scrubbedAt: at("scrubbed_at"),
  },
  (t) => [
    check("notifications_kind", oneOf("kind", notificationKinds)),
    check("notifications_verdict", oneOf("verdict", notificationVerdicts)),
    index("notifications_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
    index("notifications_number").on(t.outTradeNo).where(sql`${t.outTradeNo} IS NOT NULL`),
    index("notifications_by_verdict").on(t.verdict, t.id),
    index("notifications_by_kind").on(t.kind, t.id),
    index("notifications_received").on(t.receivedAt, t.id),
  ],
);

/** How much of what anyone can send without a key came in an hour; only the first hundred are kept. */
export const strayCounts = pgTable(
  "stray_counts",
  { kind: text("kind").notNull(), hour: at("hour").notNull(), count: integer("count").notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.hour] })],
);
