import { forgetBatches } from "@/lib/batches/forget-batches";
import { forgetGuests } from "@/lib/members/forget-guests";
import { scrubErased } from "@/lib/members/scrub-erased";
import { forgetUploads } from "@/lib/pictures/forget-uploads";
import type { Shop } from "@/lib/shop";

/**
 * Deletes what has served its time. Money, transitions, audit entries and what WeChat sent are kept for ever; what
 * strangers sent is not, but for the message that an alarm shows.
 */
export async function forgetOldRows(shop: Shop): Promise<void> {
  const now = shop.now().toISOString();
  await shop.sql`DELETE FROM idempotency_keys WHERE created_at < ${now}::timestamptz - interval '24 hours'`;
  await shop.sql`DELETE FROM member_sessions WHERE expires_at < ${now}`;
  await shop.sql`DELETE FROM stray_counts WHERE hour < ${now}::timestamptz - interval '30 days'`;
  await shop.sql`DELETE FROM notifications n WHERE verdict IN ('forged', 'malformed', 'unverified') AND dedupe_key IS NULL
    AND received_at < ${now}::timestamptz - interval '30 days' AND NOT EXISTS (SELECT 1 FROM alarms a WHERE a.notification_id = n.id)`;
  await shop.sql`DELETE FROM job_runs WHERE started_at < ${now}::timestamptz - interval '90 days'`;
  await shop.sql`DELETE FROM messages WHERE created_at < ${now}::timestamptz - interval '90 days'`;
  await shop.sql`DELETE FROM cart_lines WHERE removed_at < ${now}::timestamptz - interval '1 day'`;
  await forgetUploads(shop);
  await forgetGuests(shop); // After the sessions that have run out, and what they uploaded.
  await forgetBatches(shop);
  await scrubErased(shop);
  await shop.sql`DELETE FROM list_exports WHERE expires_at < ${now}`; // Their parts go with them.
  await shop.sql`DELETE FROM rate_limits WHERE expire < ${shop.now().getTime()}`;
}
