import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Recipient } from "@/lib/orders/recipient";
import { orderStatuses } from "../../orders/state";
import { productKinds, variants } from "./catalog";
import { at, createdAt, fen, id, oneOf, ref } from "./columns";
import { members } from "./members";
import { staff } from "./staff";

export const closedReasons = ["cancelled", "expired", "refunded"] as const;
export type ClosedReason = (typeof closedReasons)[number];

/** What the deadline board lists. */
const clockRuns = sql.raw("deliver_by IS NOT NULL AND clock_ended_at IS NULL");

export const orders = pgTable(
  "orders",
  {
    id: id(),
    orderNo: text("order_no").notNull().unique("orders_order_no"),
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    kind: text("kind", { enum: productKinds }).notNull(),
    status: text("status", { enum: orderStatuses }).notNull().default("pending"),
    closedReason: text("closed_reason", { enum: closedReasons }),
    goodsFen: fen("goods_fen").notNull(),
    freightFen: fen("freight_fen").notNull(),
    totalFen: fen("total_fen").notNull(),
    recipient: jsonb("recipient").$type<Recipient>(),
    phone: text("phone"),
    note: text("note"),
    placedWith: text("placed_with"), // Shared by the orders that one cart became; null for an order on its own.
    createdAt: createdAt(),
    expiresAt: at("expires_at").notNull(),
    paidAt: at("paid_at"),
    /** When WeChat expects to hear that it was delivered; staff can move it. */
    deliverBy: at("deliver_by"),
    /** Null while the clock runs: until the report was accepted, or nothing is owed any more. */
    clockEndedAt: at("clock_ended_at"),
    shippedAt: at("shipped_at"), // When its last piece left; null before that, and again when that was undone.
    assignedTo: ref("assigned_to").references(() => staff.id), // Who of the staff packs it.
    reminders: integer("reminders").notNull().default(0), // How often the buyer has asked to ship.
    remindedAt: at("reminded_at"),
  },
  (t) => [
    check("orders_kind", oneOf("kind", productKinds)),
    check("orders_status", oneOf("status", orderStatuses)),
    check("orders_closed_reason", oneOf("closed_reason", closedReasons)),
    check(
      "orders_closed_with_reason",
      sql`${t.status} IN ('pending', 'paid', 'shipped', 'completed') OR ${t.closedReason} IS NOT NULL`,
    ),
    check("orders_goods", sql`${t.goodsFen} >= 1 AND ${t.freightFen} >= 0`),
    check("orders_total", sql`${t.totalFen} = ${t.goodsFen} + ${t.freightFen}`),
    check(
      "orders_paid_has_time",
      sql`${t.status} NOT IN ('paid', 'shipped', 'completed') OR ${t.paidAt} IS NOT NULL`,
    ),
    check("orders_shipped", sql`${t.shippedAt} IS NULL OR ${t.status} IN ('shipped', 'completed')`),
    check("orders_recipient", sql`${t.kind} = 'virtual' OR ${t.recipient} IS NOT NULL`),
    index("orders_member").on(t.memberId, t.id),
    index("orders_placed_with").on(t.placedWith).where(sql`${t.placedWith} IS NOT NULL`),
    // The order list, newest first: of all, of a status, of the phone's last four digits; and by the recipient's name.
    index("orders_newest").on(t.createdAt, t.id),
    index("orders_by_status").on(t.status, t.createdAt, t.id),
    index("orders_phone_tail").on(sql`right(${t.phone}, 4)`, t.createdAt, t.id),
    // Not a partial one: of those the planner keeps no statistics, and would take every name for a common one.
    index("orders_recipient_name").on(sql`lower(${t.recipient} ->> 'name') text_pattern_ops`),
    index("orders_sent")
      .on(t.shippedAt, t.paidAt)
      .where(sql`${t.kind} = 'physical' AND ${t.shippedAt} IS NOT NULL`),
    index("orders_unpaid_by_phone").on(t.phone).where(sql`${t.status} IN ('pending', 'closing')`),
    // A buyer's own that wait for somebody: few, however many they have bought.
    index("orders_open_by_member")
      .on(t.memberId, t.status, t.id)
      .where(sql`${t.status} IN ('pending', 'closing', 'paid', 'shipped')`),
    index("orders_clock").on(t.deliverBy, t.id).where(clockRuns),
    index("orders_clock_by_kind").on(t.kind, t.deliverBy, t.id).where(clockRuns),
    index("orders_clock_by_person").on(t.assignedTo, t.deliverBy, t.id).where(clockRuns),
  ],
);

/** A line is a snapshot: what the buyer saw, whatever becomes of the product. */
export const orderLines = pgTable(
  "order_lines",
  {
    orderId: ref("order_id")
      .notNull()
      .references(() => orders.id),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id),
    sku: text("sku").notNull(),
    title: text("title").notNull(),
    image: text("image"),
    quantity: integer("quantity").notNull(),
    priceFen: fen("price_fen").notNull(),
    /** Pieces that have left. */
    shipped: integer("shipped").notNull().default(0),
    /** Pieces that were refunded before they left: nobody ships them any more, and they hold no stock. */
    dropped: integer("dropped").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.variantId] }),
    index("order_lines_variant").on(t.variantId, t.orderId),
    check("order_lines_quantity", sql`${t.quantity} >= 1`),
    check(
      "order_lines_pieces",
      sql`${t.shipped} >= 0 AND ${t.dropped} >= 0 AND ${t.shipped} + ${t.dropped} <= ${t.quantity}`,
    ),
    check("order_lines_price", sql`${t.priceFen} BETWEEN 1 AND 1000000000`),
  ],
);

/** The answer to one buyer's `Idempotency-Key`, for 24 hours: an order, or a refund of it. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    orderId: ref("order_id")
      .notNull()
      .references(() => orders.id),
    refundId: ref("refund_id"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.key] }), index("idempotency_keys_age").on(t.createdAt)],
);
