import type { PendingQuery, Row } from "postgres";
import type { Shop } from "@/lib/shop";
import type { TimelineEvent } from "./timeline-event";

type WaitingJob = {
  id: string;
  at: string;
  task: string;
  attempts: number;
  lastError: string | null;
  running: boolean;
};

/** What waits to happen to an order: rows of the outbox, and jobs of the queue. */
export async function readWaiting(shop: Shop, orderId: number, atMost: number): Promise<TimelineEvent[]> {
  return (await Promise.all([readOutbox(shop, orderId, atMost), readJobs(shop, orderId, atMost)])).flat();
}

/** Small whatever the shop's size: rows leave it within a second. */
async function readOutbox({ sql }: Shop, orderId: number, atMost: number): Promise<TimelineEvent[]> {
  const rows = await sql<{ id: string; at: string; task: string }[]>`
    SELECT id, created_at AS at, task FROM outbox WHERE (payload->>'orderId')::bigint = ${orderId} ORDER BY id LIMIT ${atMost}`;
  return rows.map(({ id, at, task }) => ({ kind: "outbox", key: `outbox:${id}`, at: new Date(at), task }));
}

/** By their keys, which are indexed; those without one are the few that the outbox has just become. */
function readJobs(shop: Shop, orderId: number, atMost: number): Promise<TimelineEvent[]> {
  const { sql } = shop;
  const ids = sql`SELECT id FROM graphile_worker._private_jobs WHERE key IN (
      SELECT prefix || ${orderId} FROM unnest(ARRAY['close_order:', 'deliver_virtual:', 'complete_order:']) prefix UNION ALL
      SELECT prefix || p.id FROM payments p, unnest(ARRAY['query_payment:', 'close_payment:', 'ask_now:']) prefix
      WHERE p.order_id = ${orderId} UNION ALL
      SELECT prefix || f.id FROM refunds f, unnest(${refundJobs}::text[]) prefix WHERE f.order_id = ${orderId} UNION ALL
      SELECT 'find_refunds:' || r.id FROM receipts r WHERE r.order_id = ${orderId})
    UNION ALL
    SELECT id FROM graphile_worker._private_jobs WHERE key IS NULL AND (payload->>'orderId')::bigint = ${orderId}`;
  return readJobsNamed(shop, ids, atMost);
}

const refundJobs = ["send_refund:", "query_refund:"];

/** What waits to happen to one refund. */
export function readRefundJobs(shop: Shop, refundId: number, atMost: number): Promise<TimelineEvent[]> {
  const { sql } = shop;
  const ids = sql`SELECT id FROM graphile_worker._private_jobs WHERE key IN ${sql(refundJobs.map((prefix) => prefix + refundId))}
    UNION ALL
    SELECT id FROM graphile_worker._private_jobs WHERE key IS NULL AND (payload->>'refundId')::bigint = ${refundId}`;
  return readJobsNamed(shop, ids, atMost);
}

async function readJobsNamed(
  { sql }: Shop,
  ids: PendingQuery<Row[]>,
  atMost: number,
): Promise<TimelineEvent[]> {
  const rows = await sql<WaitingJob[]>`
    WITH mine AS (${ids})
    SELECT j.id, j.run_at AS at, t.identifier AS task, j.attempts, j.last_error AS "lastError", j.locked_at IS NOT NULL AS running
    FROM mine JOIN graphile_worker._private_jobs j USING (id) JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    ORDER BY j.run_at LIMIT ${atMost}`;
  return rows.map(({ id, at, ...job }) => ({
    kind: "waiting_job",
    key: `job:${id}`,
    at: new Date(at),
    ...job,
  }));
}
