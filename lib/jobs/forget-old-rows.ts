import type { Shop } from "@/lib/shop";

/** Deletes what has served its time. Money, notifications, transitions and audit entries are kept for ever. */
export async function forgetOldRows(shop: Shop): Promise<void> {
  const now = shop.now().toISOString();
  await shop.sql`DELETE FROM idempotency_keys WHERE created_at < ${now}::timestamptz - interval '24 hours'`;
  await shop.sql`DELETE FROM member_sessions WHERE expires_at < ${now}`;
  await shop.sql`DELETE FROM stray_counts WHERE hour < ${now}::timestamptz - interval '30 days'`;
  await shop.sql`DELETE FROM job_runs WHERE started_at < ${now}::timestamptz - interval '90 days'`;
  await shop.sql`DELETE FROM rate_limits WHERE expire < ${shop.now().getTime()}`;
}
