import { sql } from "drizzle-orm";
import type { NotificationVerdict } from "@/lib/db/schema/notifications";
import { notificationVerdicts } from "@/lib/db/schema/notifications";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";

/** What only somebody with our key can have sent: each verdict that is given after the signature was found good. */
export const signedVerdicts = [
  ...(["paid", "revived", "late", "surplus", "second_transaction", "repeated"] as const),
  ...(["mismatch", "unknown", "not_paid", "not_ours"] as const),
] satisfies NotificationVerdict[];

const dayMs = 24 * 60 * 60_000;

export type Callbacks = Awaited<ReturnType<typeof readCallbacks>>;

/**
 * Whether WeChat reaches the shop and the shop reaches WeChat: what came in during the last 24 hours, what should have
 * gone out, and who works on it. Counts go no further than `countedAtMost`.
 */
export async function readCallbacks(shop: Shop) {
  const now = shop.now();
  const dayAgo = new Date(now.getTime() - dayMs).toISOString();
  const [verdicts, [facts], failing] = await Promise.all([
    countVerdicts(shop, dayAgo),
    readFacts(shop, dayAgo),
    listFailing(shop, dayAgo),
  ]);
  if (!facts) throw new Error("the callbacks were not looked at");
  return {
    ...facts,
    lastPaymentAt: asDate(facts.lastPaymentAt),
    oldestReportAt: asDate(facts.oldestReportAt),
    oldestOutboxAt: asDate(facts.oldestOutboxAt),
    verdicts,
    failing,
  };
}

type Facts = {
  /** When the last payment notification with a good signature came, a copy too. */
  lastPaymentAt: string | null;
  /** Payments of the last 24 hours that the shop knows only because it asked: no notification told of them, late or soon. */
  asked: number;
  /** Of the delivery reports that are due and were not taken yet: how long the oldest waits, and why. */
  oldestReportAt: string | null;
  oldestReportError: string | null;
  reportsRefused: number;
  workers: number;
  oldestOutboxAt: string | null;
  tokenTrouble: number;
};

/** A question may be quicker than the message: for so long it is not missed. */
const messagePatienceMs = 5 * 60_000;

function readFacts({ db, now }: Shop, dayAgo: string) {
  const patient = new Date(now().getTime() - messagePatienceMs).toISOString();
  const last = signedVerdicts.map(
    (verdict) =>
      sql`(SELECT last_received_at FROM notifications WHERE verdict = ${verdict} AND kind = 'payment' ORDER BY id DESC LIMIT 1)`,
  );
  const oldest = sql`FROM delivery_reports WHERE status = 'queued' AND deliver_status IS NOT NULL ORDER BY id LIMIT 1`;
  return db.execute<Facts>(sql`SELECT
    greatest(${sql.join(last, sql`, `)}) AS "lastPaymentAt",
    (SELECT count(*)::int FROM (SELECT FROM receipts r WHERE r.verdict = 'settling' AND r.source = 'query'
      AND r.paid_at > ${dayAgo} AND r.paid_at < ${patient}
      AND NOT EXISTS (SELECT FROM notifications n WHERE n.out_trade_no = r.out_trade_no AND n.kind = 'payment')
      LIMIT ${countedAtMost}) t) AS asked,
    (SELECT created_at ${oldest}) AS "oldestReportAt",
    (SELECT error_code ${oldest}) AS "oldestReportError",
    (SELECT count(*)::int FROM (SELECT FROM delivery_reports WHERE status = 'refused' LIMIT ${countedAtMost}) t) AS "reportsRefused",
    (SELECT count(*)::int FROM worker_leases WHERE lease_until > now()) AS workers,
    (SELECT created_at FROM outbox ORDER BY id LIMIT 1) AS "oldestOutboxAt",
    (SELECT count(*)::int FROM (SELECT FROM alarms WHERE status IN ('open', 'acknowledged') AND kind = 'token_trouble'
      LIMIT ${countedAtMost}) t) AS "tokenTrouble"`);
}

/** Each verdict that was given in the time, with how often: the newest of each are looked at, as many as are counted. */
async function countVerdicts({ db }: Shop, since: string) {
  const counts = notificationVerdicts.map(
    (
      verdict,
    ) => sql`SELECT ${verdict}::text AS verdict, count(*)::int AS count FROM (SELECT received_at FROM notifications
      WHERE verdict = ${verdict} ORDER BY id DESC LIMIT ${countedAtMost}) newest WHERE received_at > ${since}`,
  );
  const rows = await db.execute<{ verdict: NotificationVerdict; count: number }>(
    sql.join(counts, sql` UNION ALL `),
  );
  return rows.filter(({ count }) => count > 0);
}

/** Tasks whose runs failed in the last 24 hours and have not gone well since: the queue holds their jobs still. */
function listFailing({ db }: Shop, since: string) {
  return db.execute<{ task: string; count: number; lastError: string; orderNo: string | null }>(sql`
    SELECT task, count(*)::int AS count, (array_agg(error ORDER BY id DESC))[1] AS "lastError",
      (SELECT o.order_no FROM orders o WHERE o.id = (array_agg(r.order_id ORDER BY r.id DESC))[1]) AS "orderNo"
    FROM (SELECT * FROM job_runs WHERE error IS NOT NULL AND started_at > ${since} ORDER BY started_at DESC LIMIT ${countedAtMost}) r
    WHERE EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.id = r.job_id::bigint)
    GROUP BY task ORDER BY count DESC`);
}

function asDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
