import type { Sql } from "postgres";

/** Everything the database holds about one order, small enough to compare whole. */
export async function factsOf(sql: Sql, orderId: number) {
  const [order] = await sql`
    SELECT status, closed_reason AS "closedReason", paid_at AS "paidAt", deliver_by AS "deliverBy" FROM orders WHERE id = ${orderId}`;
  const payments = await sql`
    SELECT status, transaction_id AS "transactionId", superseded_at IS NOT NULL AS superseded FROM payments WHERE order_id = ${orderId} ORDER BY id`;
  const receipts = await sql`
    SELECT verdict, reason, total_fen::int AS "totalFen", fee_type AS "feeType", source, transaction_id AS "transactionId"
      FROM receipts WHERE order_id = ${orderId} ORDER BY id`;
  const notifications = await sql`
    SELECT verdict, answer, copies FROM notifications WHERE order_id = ${orderId} ORDER BY id`;
  const alarms = await sql`
    SELECT kind, status, count FROM alarms JOIN alarm_orders o ON o.alarm_id = alarms.id WHERE o.order_id = ${orderId} ORDER BY id`;
  const queued = await sql`
    SELECT task FROM outbox WHERE (payload->>'orderId')::bigint = ${orderId} ORDER BY id`;
  const moves = await sql`
    SELECT entity, event, from_status AS "from", to_status AS "to", actor FROM transitions WHERE order_id = ${orderId} ORDER BY id`;
  const [stock] = await sql`
    SELECT coalesce(sum(v.allocated), 0)::int AS allocated FROM variants v JOIN order_lines l ON l.variant_id = v.id WHERE l.order_id = ${orderId}`;
  return {
    order: {
      status: String(order?.status),
      closedReason: order?.closedReason as string | null,
      paidAt: time(order?.paidAt),
      deliverBy: time(order?.deliverBy),
    },
    payments: payments.map((row) => ({ ...row })),
    receipts: receipts.map((row) => ({ ...row })),
    notifications: notifications.map((row) => ({ ...row })),
    alarms: alarms.map((row) => ({ ...row })),
    queued: queued.map((row) => String(row.task)),
    moves: moves
      .filter((row) => row.event !== "create")
      .map((row) => `${row.entity} ${row.event}: ${row.from} → ${row.to} (${row.actor})`),
    allocated: Number(stock?.allocated),
  };
}

function time(text: string | null | undefined): Date | null {
  return text ? new Date(text) : null; // The driver hands times on as text.
}
