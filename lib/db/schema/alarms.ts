import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { alarmStatuses } from "../../alarms/state";
import { at, id, oneOf, ref } from "./columns";
import { notifications } from "./notifications";
import { orders } from "./orders";
import { staff } from "./staff";

/** Trouble that WeChat or the shop itself reports. The same trouble again counts up on the one that is not resolved. */
export const alarms = pgTable(
  "alarms",
  {
    id: id(),
    source: text("source", { enum: ["wechat", "shop"] }).notNull(),
    kind: text("kind").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    status: text("status", { enum: alarmStatuses }).notNull().default("open"),
    notificationId: ref("notification_id").references(() => notifications.id),
    facts: jsonb("facts").$type<Record<string, unknown>>().notNull().default({}),
    count: integer("count").notNull().default(1),
    raisedAt: at("raised_at").notNull().defaultNow(),
    lastRaisedAt: at("last_raised_at").notNull().defaultNow(),
    assignedTo: ref("assigned_to").references(() => staff.id),
    acknowledgedBy: ref("acknowledged_by").references(() => staff.id),
    acknowledgedAt: at("acknowledged_at"),
    note: text("note"), // What whoever acknowledged it wrote.
    resolvedBy: ref("resolved_by").references(() => staff.id), // Null when the fact was gone.
    resolvedAt: at("resolved_at"),
    resolution: text("resolution"), // What whoever resolved it found.
  },
  (t) => [
    check("alarms_status", oneOf("status", alarmStatuses)),
    uniqueIndex("alarms_unresolved").on(t.dedupeKey).where(sql`${t.status} <> 'resolved'`),
    check("alarms_resolved", sql`(${t.status} = 'resolved') = (${t.resolvedAt} IS NOT NULL)`),
    index("alarms_by_status").on(t.status, t.id),
  ],
);

/** The orders that an alarm touches. */
export const alarmOrders = pgTable(
  "alarm_orders",
  {
    alarmId: ref("alarm_id")
      .notNull()
      .references(() => alarms.id),
    orderId: ref("order_id")
      .notNull()
      .references(() => orders.id),
  },
  (t) => [primaryKey({ columns: [t.alarmId, t.orderId] }), index("alarm_orders_order").on(t.orderId)],
);
