import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { reportStatuses } from "../../deliveries/state";
import { at, createdAt, id, oneOf, ref } from "./columns";
import { orders } from "./orders";
import { receipts } from "./receipts";

export const reportChannels = ["delivernotify", "shipping-info"] as const;
export type ReportChannel = (typeof reportChannels)[number];

/** What we owe WeChat for a receipt: delivered (1), or why not (0). One row a receipt, however many parcels. */
export const deliveryReports = pgTable(
  "delivery_reports",
  {
    id: id(),
    receiptId: ref("receipt_id")
      .notNull()
      .references(() => receipts.id)
      .unique("delivery_reports_receipt"),
    orderId: ref("order_id").references(() => orders.id),
    status: text("status", { enum: reportStatuses }).notNull().default("queued"),
    channel: text("channel", { enum: reportChannels }), // Chosen at the first try.
    deliverStatus: integer("deliver_status"), // Null while only some parcels have left.
    deliverMsg: text("deliver_msg"),
    request: jsonb("request").$type<Record<string, string>>(), // Of delivernotify, unsigned, the same at every try.
    attempts: integer("attempts").notNull().default(0),
    lastTriedAt: at("last_tried_at"),
    nextTryAt: at("next_try_at"),
    errorCode: text("error_code"),
    errorText: text("error_text"),
    reportedAt: at("reported_at"),
    createdAt: createdAt(),
  },
  (t) => [
    check("delivery_reports_status", oneOf("status", reportStatuses)),
    check("delivery_reports_channel", oneOf("channel", reportChannels)),
    check("delivery_reports_deliver_status", sql`${t.deliverStatus} IN (0, 1)`),
    check("delivery_reports_msg", sql`${t.deliverStatus} IS NULL OR ${t.deliverMsg} IS NOT NULL`),
    check("delivery_reports_reported", sql`${t.status} <> 'reported' OR ${t.reportedAt} IS NOT NULL`),
    index("delivery_reports_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
    index("delivery_reports_open").on(t.status, t.id).where(sql`${t.status} IN ('queued', 'refused')`),
  ],
);

/** Each level of a deadline that an order has passed, once, whoever was down at that moment. 100 is the deadline itself. */
export const escalations = pgTable(
  "escalations",
  {
    orderId: ref("order_id")
      .notNull()
      .references(() => orders.id),
    level: integer("level").notNull(),
    at: at("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.level] }),
    check("escalations_level", sql`${t.level} BETWEEN 1 AND 100`),
  ],
);
