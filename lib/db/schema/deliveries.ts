import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { deliveryKinds, deliveryStatuses } from "../../deliveries/state";
import { deliveryBatches } from "./batches";
import { variants } from "./catalog";
import { at, createdAt, id, oneOf, ref } from "./columns";
import { orders } from "./orders";
import { staff } from "./staff";

/** One parcel, or one handing-over, for some or all pieces of an order. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    orderId: ref("order_id")
      .notNull()
      .references(() => orders.id),
    kind: text("kind", { enum: deliveryKinds }).notNull(),
    status: text("status", { enum: deliveryStatuses }).notNull().default("shipped"),
    carrier: text("carrier"), // WeChat's code of it, see lib/deliveries/carriers.ts.
    trackingNo: text("tracking_no"),
    phoneTail: text("phone_tail"), // Four digits, where the carrier wants them.
    note: text("note"), // What the buyer reads: where to pick it up, whom it was given to.
    replacesId: ref("replaces_id"), // The failed one whose pieces this one sends once more.
    batchId: ref("batch_id").references(() => deliveryBatches.id),
    staffId: ref("staff_id").references(() => staff.id), // Null when a rule delivered.
    shippedAt: at("shipped_at").notNull(),
    uploadedAt: at("uploaded_at"), // When WeChat's shipping service took this parcel.
    correctedAt: at("corrected_at"),
    receivedAt: at("received_at"),
    failedAt: at("failed_at"),
    failReason: text("fail_reason"),
    voidedAt: at("voided_at"),
  },
  (t) => [
    check("deliveries_kind", oneOf("kind", deliveryKinds)),
    check("deliveries_status", oneOf("status", deliveryStatuses)),
    check(
      "deliveries_express",
      sql`(${t.kind} = 'express') = (${t.carrier} IS NOT NULL AND ${t.trackingNo} IS NOT NULL)`,
    ),
    check("deliveries_failed", sql`${t.status} <> 'failed' OR ${t.failReason} IS NOT NULL`),
    foreignKey({ columns: [t.replacesId], foreignColumns: [t.id], name: "deliveries_replaces" }),
    uniqueIndex("deliveries_replaced_once")
      .on(t.replacesId)
      .where(sql`${t.replacesId} IS NOT NULL AND ${t.status} <> 'voided'`),
    uniqueIndex("deliveries_one_parcel")
      .on(t.orderId, t.carrier, t.trackingNo)
      .where(sql`${t.kind} = 'express' AND ${t.status} IN ('shipped', 'received')`),
    index("deliveries_order").on(t.orderId, t.id),
    index("deliveries_batch").on(t.batchId).where(sql`${t.batchId} IS NOT NULL`),
    index("deliveries_tracking").on(t.trackingNo).where(sql`${t.trackingNo} IS NOT NULL`),
  ],
);

export const deliveryLines = pgTable(
  "delivery_lines",
  {
    deliveryId: ref("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id),
    quantity: integer("quantity").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.variantId] }),
    check("delivery_lines_quantity", sql`${t.quantity} >= 1`),
  ],
);

export const contentKinds = ["text", "link", "codes"] as const;

/** What a virtual variant is delivered as by itself, right after payment. `sealed` with DATA_KEY; codes have rows of their own. */
export const virtualContents = pgTable(
  "virtual_contents",
  {
    variantId: ref("variant_id")
      .primaryKey()
      .references(() => variants.id),
    kind: text("kind", { enum: contentKinds }).notNull(),
    sealed: text("sealed"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (t) => [
    check("virtual_contents_kind", oneOf("kind", contentKinds)),
    check("virtual_contents_sealed", sql`(${t.kind} = 'codes') = (${t.sealed} IS NULL)`),
  ],
);

/** A stock of codes, each given to one delivery, once. `fingerprint` tells the same code twice without opening it. */
export const codes = pgTable(
  "codes",
  {
    id: id(),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id),
    sealed: text("sealed").notNull(),
    fingerprint: text("fingerprint").notNull(),
    deliveryId: ref("delivery_id").references(() => deliveries.id),
    givenAt: at("given_at"),
    createdAt: createdAt(),
  },
  (t) => [
    check("codes_given", sql`(${t.deliveryId} IS NULL) = (${t.givenAt} IS NULL)`),
    uniqueIndex("codes_once").on(t.variantId, t.fingerprint),
    index("codes_free").on(t.variantId, t.id).where(sql`${t.deliveryId} IS NULL`),
    index("codes_of_delivery").on(t.deliveryId).where(sql`${t.deliveryId} IS NOT NULL`),
  ],
);

/** The text or link that a delivery handed over, as it was then. */
export const deliveryContents = pgTable(
  "delivery_contents",
  {
    deliveryId: ref("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id),
    kind: text("kind", { enum: ["text", "link"] }).notNull(),
    sealed: text("sealed").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deliveryId, t.variantId] }),
    check("delivery_contents_kind", oneOf("kind", ["text", "link"])),
  ],
);
