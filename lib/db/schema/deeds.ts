import { sql } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { at, id, ref } from "./columns";

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
