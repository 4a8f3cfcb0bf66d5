import { demoAccount } from "@/lib/demo/demo-staff";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { broken, fine, look, type Outcome } from "./finding";

/** Without the key nobody can tell WeChat's alarms from a stranger's, and delivernotify cannot be signed. */
export async function checkAlarmKey({ environment }: Shop): Promise<Outcome> {
  return environment.wechat.appKey ? fine() : look("none");
}

export async function checkReportChannel({ environment }: Shop): Promise<Outcome> {
  const { deliveryReport: channel } = environment.wechat;
  return channel === "off" ? look("off") : fine("fine", { channel });
}

/** Weak or published secrets are refused at start; what is left is the account that everybody knows. */
export async function checkSecrets({ sql, environment }: Shop): Promise<Outcome> {
  if (environment.sandbox) return fine("sandbox");
  const known = await sql`SELECT 1 FROM staff WHERE email = ${demoAccount.email} AND disabled_at IS NULL`;
  return known.length > 0 ? look("demo_account", { email: demoAccount.email }) : fine();
}

/** Who may give money back should need more than a password. */
export async function checkSecondFactor({ sql, environment }: Shop): Promise<Outcome> {
  if (environment.sandbox) return fine("sandbox");
  const [row] = await sql<[{ without: number }]>`
    SELECT count(*)::int AS without FROM staff WHERE role IN ('owner', 'finance') AND disabled_at IS NULL
      AND password_hash IS NOT NULL AND totp_since IS NULL`;
  return row.without > 0 ? look("missing", { count: row.without }) : fine();
}

const outboxPatienceS = 30;

export async function checkWorker({ sql }: Shop): Promise<Outcome> {
  const [row] = await sql<[{ workers: number; oldestS: number; failing: number }]>`
    SELECT (SELECT count(*)::int FROM worker_leases WHERE lease_until > now()) AS workers,
      (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float FROM outbox) AS "oldestS",
      (SELECT count(*)::int FROM (SELECT 1 FROM graphile_worker.jobs WHERE attempts > 3 AND last_error IS NOT NULL LIMIT 1000) f) AS failing`;
  if (row.workers === 0) return broken("none");
  if (row.oldestS > outboxPatienceS) return broken("behind", { seconds: Math.round(row.oldestS) });
  return row.failing > 0 ? look("failing", { count: row.failing }) : fine("fine", { count: row.workers });
}

/** A real shop on the embedded server works; its backups are nobody's but the merchant's. */
export async function checkDatabase({ sql, environment }: Shop): Promise<Outcome> {
  const [row] = await sql<[{ version: string; place: string | null }]>`
    SELECT current_setting('server_version') AS version, current_setting('data_directory', true) AS place`;
  const version = row.version.split(" ")[0] ?? "";
  const isEmbedded = row.place?.replaceAll("\\", "/").includes("/.data/") ?? false;
  return isEmbedded && !environment.sandbox ? look("embedded", { version }) : fine("fine", { version });
}

export async function checkMessages({ sql, db }: Shop): Promise<Outcome> {
  const { messageWebhookUrl } = await readSettings(db);
  if (messageWebhookUrl === "") return look("none");
  const [last] = await sql<{ sentAt: Date | null; failed: boolean }[]>`
    SELECT sent_at AS "sentAt", error_text IS NOT NULL AS failed FROM messages ORDER BY id DESC LIMIT 1`;
  return last?.failed && !last.sentAt ? broken("failing") : fine();
}

/** The payer's address goes to WeChat with H5 payments: behind a proxy that is not named it is the proxy's. */
export async function checkProxy(
  { environment }: Shop,
  asked: { forwarded: boolean; address: string },
): Promise<Outcome> {
  if (environment.trustedProxies.length > 0)
    return fine("named", { count: environment.trustedProxies.length });
  return asked.forwarded ? broken("not_named", { address: asked.address }) : fine("direct");
}
