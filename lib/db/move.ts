import { type SQL, sql } from "drizzle-orm";
import { type DeliveryEvent, deliveryMoves, type ReportEvent, reportMoves } from "@/lib/deliveries/state";
import { type OrderEvent, orderMoves } from "@/lib/orders/state";
import { type PaymentEvent, paymentMoves } from "@/lib/payments/state";
import { type RefundEvent, refundMoves } from "@/lib/refunds/state";
import type { Tx } from "./connect";

type Subject =
  | { entity: "order"; event: OrderEvent }
  | { entity: "payment"; event: PaymentEvent }
  | { entity: "refund"; event: RefundEvent }
  | { entity: "delivery"; event: DeliveryEvent }
  | { entity: "report"; event: ReportEvent };

const tables = {
  order: "orders",
  payment: "payments",
  refund: "refunds",
  delivery: "deliveries",
  report: "delivery_reports",
} as const;

function movesOf(subject: Subject): { from: readonly string[]; to: string } {
  switch (subject.entity) {
    case "order":
      return orderMoves[subject.event];
    case "payment":
      return paymentMoves[subject.event];
    case "refund":
      return refundMoves[subject.event];
    case "delivery":
      return deliveryMoves[subject.event];
    case "report":
      return reportMoves[subject.event];
  }
}

/**
 * Makes one move of a state machine and its transition row, in one statement: the database decides who won.
 * False means *not now*: the caller reads the row and decides whether that is a repeat or a conflict.
 * `set` adds columns that change with the move. `actor` is "buyer:ID", "staff:ID", "job:TASK" or "wechat:SOURCE".
 */
export async function move(
  tx: Tx,
  subject: Subject & { id: number; actor: string; at: Date; set?: SQL },
): Promise<boolean> {
  const { from, to } = movesOf(subject);
  const table = sql.raw(tables[subject.entity]);
  const orderId = sql.raw(subject.entity === "order" ? "id" : "order_id");
  const allowed = sql.join(
    from.map((status) => sql`${status}`),
    sql`, `,
  );
  const also = subject.set ? sql`, ${subject.set}` : sql``;

  const moved = await tx.execute(sql`
    WITH before AS (SELECT id, status FROM ${table} WHERE id = ${subject.id} AND status IN (${allowed}) FOR NO KEY UPDATE),
      moved AS (UPDATE ${table} t SET status = ${to}${also} FROM before WHERE t.id = before.id RETURNING t.id, t.${orderId} AS order_id)
    INSERT INTO transitions (entity, entity_id, order_id, event, from_status, to_status, actor, at)
    SELECT ${subject.entity}, moved.id, moved.order_id, ${subject.event}, before.status, ${to}, ${subject.actor}, ${subject.at.toISOString()}::timestamptz
      FROM moved JOIN before USING (id)
    RETURNING id`);
  return moved.length === 1;
}
