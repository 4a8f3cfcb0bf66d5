import { within } from "@/lib/http/within";
import type { Shop } from "@/lib/shop";

export type Health = { status: "ok" | "degraded" | "down"; problems: { code: string; detail: string }[] };

/** An outbox row older than this means that no worker pumps. */
const outboxPatienceS = 30;

/** A database that holds the line and says nothing is away too. */
const databasePatienceMs = 3000;

/** What a load balancer and an operator want to know. `down` is said only when the database does not answer. */
export async function checkHealth(shop: Shop): Promise<Health> {
  const problems: Health["problems"] = [];
  try {
    const [facts] = await within(
      databasePatienceMs,
      shop.sql<{ workers: number; oldest: number; failed: number }[]>`
      SELECT (SELECT count(*)::int FROM worker_leases WHERE lease_until > now()) AS workers,
        (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float FROM outbox) AS oldest,
        (SELECT count(*)::int FROM (SELECT 1 FROM notifications WHERE verdict = 'failed' LIMIT 100) f) AS failed`,
    );
    if (!facts || facts.workers === 0)
      problems.push({ code: "no_worker", detail: "No worker is running: start one with `npm run worker`." });
    if (facts && facts.oldest > outboxPatienceS)
      problems.push({
        code: "outbox_waiting",
        detail: `The outbox has waited ${Math.round(facts.oldest)} s for a worker.`,
      });
    if (facts && facts.failed > 0)
      problems.push({
        code: "notifications_failed",
        detail: `${facts.failed} notifications failed on our side; WeChat sends them again.`,
      });
  } catch {
    return { status: "down", problems: [{ code: "database_away", detail: "The database does not answer." }] };
  }
  const { wechat } = shop.environment;
  if (!wechat.certFile || !wechat.keyFile)
    problems.push({
      code: "no_certificate",
      detail: "WECHAT_CERT_FILE and WECHAT_KEY_FILE are not set: refunds cannot be sent.",
    });
  if (!wechat.appKey)
    problems.push({ code: "no_app_key", detail: "WECHAT_APP_KEY is not set: alarms cannot be verified." });
  return { status: problems.length ? "degraded" : "ok", problems };
}
