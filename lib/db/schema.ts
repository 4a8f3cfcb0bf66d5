/**
 * Every table, in the order the data travels: who buys, what is sold, what is owed, what came in, what follows.
 * Statuses are checked by the database too; who may move them is `state.ts` of each noun.
 */
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { alarmStatuses } from "../alarms/state";
import { deliveryKinds, deliveryStatuses, reportStatuses } from "../deliveries/state";
import type { Recipient } from "../orders/recipient";
import { orderStatuses } from "../orders/state";
import { paymentStatuses } from "../payments/state";
import { refundRefusals, refundStatuses } from "../refunds/state";

const id = () => bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
const ref = (name: string) => bigint(name, { mode: "number" });
const fen = (name: string) => bigint(name, { mode: "number" });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const createdAt = () => at("created_at").notNull().defaultNow();
const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`${column} IN (${values.map((value) => `'${value}'`).join(", ")})`);

// Who buys -------------------------------------------------------------------------------------------

export const members = pgTable("members", {
  id: id(),
  createdAt: createdAt(),
});

/** One row an openid: a person has one at the official account and another at the mini program. */
export const memberIdentities = pgTable(
  "member_identities",
  {
    appid: text("appid").notNull(),
    openid: text("openid").notNull(),
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    unionid: text("unionid"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.appid, t.openid] }), index("member_identities_member").on(t.memberId)],
);

/** Guest cookies, sign-ins inside WeChat and mini-program tokens; only the hash of the token is kept. */
export const memberSessions = pgTable(
  "member_sessions",
  {
    tokenHash: text("token_hash").primaryKey(),
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    appid: text("appid"),
    openid: text("openid"),
    createdAt: createdAt(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [index("member_sessions_member").on(t.memberId)],
);

// Who works here -------------------------------------------------------------------------------------

export const staffRoles = ["owner", "finance", "fulfilment", "support"] as const;
export type StaffRole = (typeof staffRoles)[number];

export const staff = pgTable(
  "staff",
  {
    id: id(),
    email: text("email").notNull().unique("staff_email"),
    name: text("name").notNull(),
    role: text("role", { enum: staffRoles }).notNull(),
    passwordHash: text("password_hash"),
    sessionVersion: integer("session_version").notNull().default(1),
    failedSignIns: integer("failed_sign_ins").notNull().default(0),
    lockedUntil: at("locked_until"),
    inviteHash: text("invite_hash").unique("staff_invite_hash"),
    inviteExpiresAt: at("invite_expires_at"),
    disabledAt: at("disabled_at"),
    createdAt: createdAt(),
  },
  (t) => [
    check("staff_role", oneOf("role", staffRoles)),
    check("staff_email_lower", sql`${t.email} = lower(${t.email})`),
  ],
);

// What is sold ---------------------------------------------------------------------------------------

export const productKinds = ["physical", "virtual"] as const;
export type ProductKind = (typeof productKinds)[number];

export const products = pgTable(
  "products",
  {
    id: id(),
    slug: text("slug").notNull().unique("products_slug"),
    title: text("title").notNull(),
    kind: text("kind", { enum: productKinds }).notNull(),
    description: text("description").notNull().default(""),
    images: jsonb("images").$type<string[]>().notNull().default([]),
    onSale: boolean("on_sale").notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [check("products_kind", oneOf("kind", productKinds)), index("products_newest").on(t.onSale, t.id)],
);

export const variants = pgTable(
  "variants",
  {
    id: id(),
    productId: ref("product_id")
      .notNull()
      .references(() => products.id),
    sku: text("sku").notNull().unique("variants_sku"),
    title: text("title").notNull(),
    priceFen: fen("price_fen").notNull(),
    onHand: integer("on_hand").notNull(),
    allocated: integer("allocated").notNull().default(0),
    position: integer("position").notNull().default(0),
  },
  (t) => [
    check("variants_price", sql`${t.priceFen} BETWEEN 1 AND 1000000000`),
    check("variants_stock", sql`0 <= ${t.allocated} AND ${t.allocated} <= ${t.onHand}`),
    index("variants_product").on(t.productId, t.position),
  ],
);

// What is owed ---------------------------------------------------------------------------------------

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
    createdAt: createdAt(),
    expiresAt: at("expires_at").notNull(),
    paidAt: at("paid_at"),
    /** When WeChat expects to hear that it was delivered; staff can move it. */
    deliverBy: at("deliver_by"),
    /** Null while the clock runs: until the report was accepted, or nothing is owed any more. */
    clockEndedAt: at("clock_ended_at"),
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
    check("orders_recipient", sql`${t.kind} = 'virtual' OR ${t.recipient} IS NOT NULL`),
    index("orders_member").on(t.memberId, t.id),
    index("orders_by_status").on(t.status, t.id),
    index("orders_unpaid_by_phone").on(t.phone).where(sql`${t.status} IN ('pending', 'closing')`),
    index("orders_unpaid_by_member").on(t.memberId).where(sql`${t.status} IN ('pending', 'closing')`),
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

// What came in ---------------------------------------------------------------------------------------

export const receiptVerdicts = ["settling", "surplus", "mismatch", "unknown"] as const;
export type ReceiptVerdict = (typeof receiptVerdicts)[number];
export const moneySources = ["notification", "query"] as const;
export type MoneySource = (typeof moneySources)[number];

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
  },
  (t) => [
    check("receipts_verdict", oneOf("verdict", receiptVerdicts)),
    check("receipts_source", oneOf("source", moneySources)),
    check("receipts_total", sql`${t.totalFen} >= 1`),
    // A person may tie money to an order that no payment of ours asked for.
    check("receipts_known", sql`${t.verdict} = 'unknown' OR ${t.orderId} IS NOT NULL`),
    uniqueIndex("receipts_one_settles").on(t.orderId).where(sql`${t.verdict} = 'settling'`),
    index("receipts_order").on(t.orderId),
    index("receipts_waiting").on(t.id).where(sql`${t.verdict} <> 'settling'`),
  ],
);

// What goes back ---------------------------------------------------------------------------------------

export const refundSources = ["buyer", "staff", "shop", "portal"] as const;
export type RefundSource = (typeof refundSources)[number];

/** Money going back out of one receipt. `outRefundNo` is the same at every try, for ever: WeChat executes it once. */
export const refunds = pgTable(
  "refunds",
  {
    id: id(),
    receiptId: ref("receipt_id")
      .notNull()
      .references(() => receipts.id),
    orderId: ref("order_id").references(() => orders.id), // Null for money of which nobody knows what for.
    outRefundNo: text("out_refund_no").notNull().unique("refunds_out_refund_no"),
    refundId: text("refund_id").unique("refunds_refund_id"), // WeChat's number, once it accepted.
    source: text("source", { enum: refundSources }).notNull(),
    status: text("status", { enum: refundStatuses }).notNull().default("requested"),
    memberId: ref("member_id").references(() => members.id), // Who asked, when a buyer did.
    staffId: ref("staff_id").references(() => staff.id), // Who asked, when one of the staff did.
    requestedFen: fen("requested_fen").notNull(),
    refundFen: fen("refund_fen").notNull(), // Less than requested when a part was approved.
    reason: text("reason").notNull(), // A code of `refundReasons`.
    reasonText: text("reason_text"), // The asker's own words.
    createdAt: createdAt(),
    // Deciding.
    firstApprovedBy: ref("first_approved_by").references(() => staff.id), // Above the limit a second person confirms.
    firstApprovedAt: at("first_approved_at"),
    firstApprovedReturn: boolean("first_approved_return"), // On condition that the goods come back first.
    decidedBy: ref("decided_by").references(() => staff.id), // Null when a rule decided.
    decidedAt: at("decided_at"),
    decisionNote: text("decision_note"), // What the buyer reads.
    sendAfter: at("send_after"), // The undo window's end.
    returnCarrier: text("return_carrier"),
    returnTrackingNo: text("return_tracking_no"),
    returnSentAt: at("return_sent_at"),
    // Paying back.
    request: jsonb("request").$type<Record<string, string>>(), // What WeChat is sent, unsigned, the same at every try.
    refundAccount: text("refund_account"), // The purse, when a person chose one.
    attempts: integer("attempts").notNull().default(0),
    lastSentAt: at("last_sent_at"),
    nextTryAt: at("next_try_at"),
    errorCode: text("error_code"),
    errorText: text("error_text"),
    refusal: text("refusal", { enum: refundRefusals }), // What the error asks for next.
    // Knowing.
    acceptedAt: at("accepted_at"),
    queriedAt: at("queried_at"),
    settledAt: at("settled_at"),
    recvAccount: text("recv_account"), // WeChat's refund_recv_accout: where the money went.
    // By hand.
    manualMethod: text("manual_method"),
    manualReference: text("manual_reference"),
    manualNote: text("manual_note"),
    manualPaidAt: at("manual_paid_at"),
    manualBy: ref("manual_by").references(() => staff.id),
  },
  (t) => [
    check("refunds_source", oneOf("source", refundSources)),
    check("refunds_status", oneOf("status", refundStatuses)),
    check("refunds_refusal", oneOf("refusal", refundRefusals)),
    check("refunds_fen", sql`${t.refundFen} >= 1 AND ${t.refundFen} <= ${t.requestedFen}`),
    check("refunds_settled", sql`${t.status} <> 'succeeded' OR ${t.settledAt} IS NOT NULL`),
    check("refunds_sent", sql`${t.status} <> 'sending' OR ${t.request} IS NOT NULL`),
    check("refunds_by_hand", sql`${t.manualPaidAt} IS NULL OR ${t.manualMethod} IS NOT NULL`),
    uniqueIndex("refunds_one_in_flight").on(t.receiptId).where(sql`${t.status} = 'sending'`),
    index("refunds_receipt").on(t.receiptId, t.id),
    index("refunds_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
    index("refunds_by_status").on(t.status, t.id),
  ],
);

/** Which pieces a refund is for, and whether they can be sold again: chosen at approval, null means the usual rule. */
export const refundLines = pgTable(
  "refund_lines",
  {
    refundId: ref("refund_id")
      .notNull()
      .references(() => refunds.id),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id),
    quantity: integer("quantity").notNull(),
    restock: boolean("restock"),
  },
  (t) => [
    primaryKey({ columns: [t.refundId, t.variantId] }),
    check("refund_lines_quantity", sql`${t.quantity} >= 1`),
  ],
);

/** Pictures, re-encoded by us. The name is made of the content, so a copy is the same row and never changes. */
export const pictures = pgTable(
  "pictures",
  {
    name: text("name").primaryKey(),
    contentType: text("content_type").notNull(),
    bytes: bytes("bytes").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check("pictures_size", sql`length(${t.bytes}) BETWEEN 1 AND 5242880`),
    index("pictures_age").on(t.createdAt),
  ],
);

/** What a member has uploaded and may attach to a request. */
export const uploads = pgTable(
  "uploads",
  {
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    pictureName: text("picture_name")
      .notNull()
      .references(() => pictures.name),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.pictureName] }), index("uploads_age").on(t.createdAt)],
);

export const refundPictures = pgTable(
  "refund_pictures",
  {
    refundId: ref("refund_id")
      .notNull()
      .references(() => refunds.id),
    pictureName: text("picture_name")
      .notNull()
      .references(() => pictures.name),
    position: integer("position").notNull(),
  },
  (t) => [primaryKey({ columns: [t.refundId, t.position] }), index("refund_pictures_name").on(t.pictureName)],
);

// What leaves -------------------------------------------------------------------------------------------

/** Many orders shipped at once: from a selection, or from a file. A draft is a dry run: nothing has left yet. */
export const deliveryBatches = pgTable(
  "delivery_batches",
  {
    id: id(),
    staffId: ref("staff_id")
      .notNull()
      .references(() => staff.id),
    source: text("source", { enum: ["selection", "file"] }).notNull(),
    fileName: text("file_name"),
    status: text("status", { enum: ["draft", "applied", "undone"] })
      .notNull()
      .default("draft"),
    /** The header of a file, and which of its columns means what. */
    columns: jsonb("columns").$type<{ header: string[]; meaning: Record<string, number> }>(),
    createdAt: createdAt(),
    appliedAt: at("applied_at"),
    undoUntil: at("undo_until"),
    undoneAt: at("undone_at"),
  },
  (t) => [
    check("delivery_batches_source", oneOf("source", ["selection", "file"])),
    check("delivery_batches_status", oneOf("status", ["draft", "applied", "undone"])),
    index("delivery_batches_newest").on(t.createdAt),
  ],
);

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

export const deliveryBatchRows = pgTable(
  "delivery_batch_rows",
  {
    batchId: ref("batch_id")
      .notNull()
      .references(() => deliveryBatches.id),
    rowNo: integer("row_no").notNull(),
    cells: jsonb("cells").$type<string[]>().notNull(), // As they were read.
    orderId: ref("order_id").references(() => orders.id),
    carrier: text("carrier"),
    trackingNo: text("tracking_no"),
    phoneTail: text("phone_tail"),
    verdict: text("verdict").notNull(), // `ready`, `shipped`, or the code of why not.
    deliveryId: ref("delivery_id").references(() => deliveries.id),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.rowNo] })],
);

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

// What WeChat said ------------------------------------------------------------------------------------

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
  },
  (t) => [
    check("notifications_kind", oneOf("kind", notificationKinds)),
    check("notifications_verdict", oneOf("verdict", notificationVerdicts)),
    index("notifications_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
    index("notifications_number").on(t.outTradeNo).where(sql`${t.outTradeNo} IS NOT NULL`),
    index("notifications_by_verdict").on(t.verdict, t.id),
    index("notifications_by_kind").on(t.kind, t.id),
  ],
);

/** How much of what anyone can send without a key came in an hour; only the first hundred are kept. */
export const strayCounts = pgTable(
  "stray_counts",
  { kind: text("kind").notNull(), hour: at("hour").notNull(), count: integer("count").notNull() },
  (t) => [primaryKey({ columns: [t.kind, t.hour] })],
);

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

/** What the shop tells its people outside the desk, each once. */
export const messages = pgTable(
  "messages",
  {
    id: id(),
    dedupeKey: text("dedupe_key").notNull().unique("messages_dedupe_key"),
    text: text("text").notNull(),
    createdAt: createdAt(),
    sentAt: at("sent_at"),
    attempts: integer("attempts").notNull().default(0),
    errorText: text("error_text"),
    givenUpAt: at("given_up_at"), // Nobody could be told, or nobody wants to be.
  },
  (t) => [
    index("messages_age").on(t.createdAt),
    index("messages_waiting").on(t.id).where(sql`${t.sentAt} IS NULL AND ${t.givenUpAt} IS NULL`),
  ],
);

// What follows, and what is remembered -----------------------------------------------------------------

/** What must follow a fact, committed with it; the worker pumps it into jobs, exactly once. */
export const outbox = pgTable("outbox", {
  id: id(),
  task: text("task").notNull(),
  payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
  createdAt: createdAt(),
});

/** Every move of every state machine, in the transaction of the move. */
export const transitions = pgTable(
  "transitions",
  {
    id: id(),
    entity: text("entity", { enum: ["order", "payment", "refund", "delivery", "report"] }).notNull(),
    entityId: ref("entity_id").notNull(),
    orderId: ref("order_id"), // Null for a refund of money that belongs to no order.
    event: text("event").notNull(),
    fromStatus: text("from_status"),
    toStatus: text("to_status").notNull(),
    actor: text("actor").notNull(),
    at: at("at").notNull().defaultNow(),
  },
  (t) => [
    index("transitions_order").on(t.orderId, t.id),
    index("transitions_refund").on(t.entityId, t.id).where(sql`${t.entity} = 'refund'`),
  ],
);

/** Each call to WeChat about a payment, a refund or a delivery report: what was asked and what came of it. No secrets, no bodies. */
export const wechatCalls = pgTable(
  "wechat_calls",
  {
    id: id(),
    orderId: ref("order_id"),
    paymentId: ref("payment_id"),
    refundId: ref("refund_id"),
    reportId: ref("report_id"),
    call: text("call").notNull(),
    outcome: text("outcome").notNull(),
    errorText: text("error_text"),
    startedAt: at("started_at").notNull(),
    tookMs: integer("took_ms").notNull(),
  },
  (t) => [
    index("wechat_calls_order").on(t.orderId, t.id),
    index("wechat_calls_refund").on(t.refundId, t.id).where(sql`${t.refundId} IS NOT NULL`),
    index("wechat_calls_report").on(t.reportId, t.id).where(sql`${t.reportId} IS NOT NULL`),
  ],
);

/** Each run of a job: graphile-worker forgets a job once it is done. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: id(),
    jobId: text("job_id").notNull(),
    task: text("task").notNull(),
    orderId: ref("order_id"),
    attempt: integer("attempt").notNull(),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
    error: text("error"),
  },
  (t) => [index("job_runs_order").on(t.orderId, t.id), index("job_runs_age").on(t.startedAt)],
);

/** Who changed what; subjects are named by id so that a member can be erased without breaking the trail. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    at: at("at").notNull().defaultNow(),
    staffId: ref("staff_id"),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    subjectId: text("subject_id").notNull(),
    orderId: ref("order_id"),
    address: text("address"),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
  },
  (t) => [
    foreignKey({ columns: [t.staffId], foreignColumns: [staff.id], name: "audit_entries_staff" }),
    index("audit_entries_order").on(t.orderId).where(sql`${t.orderId} IS NOT NULL`),
  ],
);

export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: at("updated_at").notNull().defaultNow(),
});

/** WeChat's global tokens, sealed; `refreshing_until` is the one refresher's lease. */
export const accessTokens = pgTable("access_tokens", {
  appid: text("appid").primaryKey(),
  sealedToken: text("sealed_token"),
  expiresAt: at("expires_at"),
  refreshingUntil: at("refreshing_until"),
});

/** A killed worker's jobs stay locked; whoever finds its lease run out gives them free. */
export const workerLeases = pgTable("worker_leases", {
  workerId: text("worker_id").primaryKey(),
  leaseUntil: at("lease_until").notNull(),
});

/** rate-limiter-flexible's own shape. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});
