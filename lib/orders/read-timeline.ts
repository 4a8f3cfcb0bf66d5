import { maskBody } from "@/lib/notifications/mask-body";
import type { Shop } from "@/lib/shop";
import type { TimelineEvent } from "./timeline-event";

type Of<Kind extends TimelineEvent["kind"]> = Omit<Extract<TimelineEvent, { kind: Kind }>, "kind">;

const atMost = 300; // Of each kind, the newest: a page and a terminal still show it, and no order needs more.

/** At the same instant, what caused comes before what followed. */
const causes = [
  "audit",
  "call",
  "notification",
  "receipt",
  "transition",
  "outbox",
  "job_run",
  "waiting_job",
] as const;

/** Everything that happened to an order and waits to happen, in time order; openids and signatures masked. */
export async function readTimeline(shop: Shop, orderId: number): Promise<TimelineEvent[]> {
  const lists = await Promise.all([
    readNotifications(shop, orderId),
    readReceipts(shop, orderId),
    readTransitions(shop, orderId),
    readCalls(shop, orderId),
    readOutbox(shop, orderId),
    readJobRuns(shop, orderId),
    readAudit(shop, orderId),
    readWaitingJobs(shop, orderId),
  ]);
  return lists
    .flat()
    .sort((a, b) => a.at.getTime() - b.at.getTime() || causes.indexOf(a.kind) - causes.indexOf(b.kind));
}

async function readNotifications({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<(Omit<Of<"notification">, "raw"> & { body: Buffer })[]>`
    SELECT id::float8 AS id, received_at AS at, kind AS of, verdict, reason, answer, copies, last_received_at AS "lastReceivedAt",
      transaction_id AS "transactionId", headers, body
    FROM notifications WHERE order_id = ${orderId}
      OR out_trade_no IN (SELECT out_trade_no FROM payments WHERE order_id = ${orderId})
    ORDER BY id DESC LIMIT ${atMost}`;
  return rows.map(({ body, ...row }) => ({ kind: "notification", ...row, raw: maskBody(body) }));
}

async function readReceipts({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"receipt">[]>`
    SELECT created_at AS at, transaction_id AS "transactionId", out_trade_no AS "outTradeNo", total_fen::float8 AS "totalFen",
      fee_type AS "feeType", verdict, reason, source, paid_at AS "paidAt"
    FROM receipts WHERE order_id = ${orderId} ORDER BY id DESC LIMIT ${atMost}`;
  return rows.map((row) => ({ kind: "receipt", ...row }));
}

async function readTransitions({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"transition">[]>`
    SELECT t.at, t.entity, t.event, t.from_status AS from, t.to_status AS to, t.actor, p.out_trade_no AS "outTradeNo",
      p.trade_type AS "tradeType"
    FROM transitions t LEFT JOIN payments p ON t.entity = 'payment' AND p.id = t.entity_id
    WHERE t.order_id = ${orderId} ORDER BY t.id DESC LIMIT ${atMost}`;
  return rows.reverse().map((row) => ({ kind: "transition", ...row }));
}

async function readCalls({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"call">[]>`
    SELECT c.started_at AS at, c.call, c.outcome, c.error_text AS "errorText", c.took_ms AS "tookMs", p.out_trade_no AS "outTradeNo"
    FROM wechat_calls c LEFT JOIN payments p ON p.id = c.payment_id
    WHERE c.order_id = ${orderId} ORDER BY c.id DESC LIMIT ${atMost}`;
  return rows.reverse().map((row) => ({ kind: "call", ...row }));
}

/** Small whatever the shop's size: rows leave it within a second. */
async function readOutbox({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"outbox">[]>`
    SELECT created_at AS at, task FROM outbox WHERE (payload->>'orderId')::bigint = ${orderId} ORDER BY id LIMIT ${atMost}`;
  return rows.map((row) => ({ kind: "outbox", ...row }));
}

async function readJobRuns({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"job_run">[]>`
    SELECT started_at AS at, task, attempt, ended_at AS "endedAt", error
    FROM job_runs WHERE order_id = ${orderId} ORDER BY id DESC LIMIT ${atMost}`;
  return rows.reverse().map((row) => ({ kind: "job_run", ...row }));
}

async function readAudit({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"audit">[]>`
    SELECT a.at, a.action, a.staff_id::float8 AS "staffId", s.name AS "staffName", a.subject, a.subject_id AS "subjectId"
    FROM audit_entries a LEFT JOIN staff s ON s.id = a.staff_id
    WHERE a.order_id = ${orderId} ORDER BY a.id DESC LIMIT ${atMost}`;
  return rows.reverse().map((row) => ({ kind: "audit", ...row }));
}

/** By their keys, which are indexed; those without one are the few that the outbox has just become. */
async function readWaitingJobs({ sql }: Shop, orderId: number): Promise<TimelineEvent[]> {
  const rows = await sql<Of<"waiting_job">[]>`
    WITH mine AS (
      SELECT id FROM graphile_worker._private_jobs WHERE key IN (SELECT ${`close_order:${orderId}`} UNION ALL
        SELECT prefix || p.id FROM payments p, unnest(ARRAY['query_payment:', 'close_payment:', 'ask_now:']) prefix
        WHERE p.order_id = ${orderId})
      UNION ALL
      SELECT id FROM graphile_worker._private_jobs WHERE key IS NULL AND (payload->>'orderId')::bigint = ${orderId}
    )
    SELECT j.run_at AS at, t.identifier AS task, j.attempts, j.last_error AS "lastError", j.locked_at IS NOT NULL AS running
    FROM mine JOIN graphile_worker._private_jobs j USING (id) JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    ORDER BY j.run_at LIMIT ${atMost}`;
  return rows.map((row) => ({ kind: "waiting_job", ...row }));
}
