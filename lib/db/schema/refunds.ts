import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { refundRefusals, refundStatuses } from "../../refunds/state";
import { variants } from "./catalog";
import { at, createdAt, fen, id, oneOf, ref } from "./columns";
import { members } from "./members";
import { orders } from "./orders";
import { pictures } from "./pictures";
import { receipts } from "./receipts";
import { staff } from "./staff";

export const refundSources = ["buyer", "staff", "shop", "portal"] as const;
export type RefundSource = (typeof refundSources)[number];

/** The money is with its payer again, by WeChat or by hand. */
const isGone = sql.raw("status = 'succeeded' OR manual_paid_at IS NOT NULL");

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
    index("refunds_gone").on(sql`coalesce(manual_paid_at, settled_at)`).where(isGone),
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
