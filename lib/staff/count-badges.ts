import type { Shop } from "@/lib/shop";

/** Beyond this a badge shows "99+": each page of the desk counts, and none may wait for it. */
export const badgeAtMost = 100;

export type Badges = { alarms: number; deliveries: number; refunds: number };

/** What every page of the desk shows beside its navigation: open alarms, orders past their deadline, refunds to decide. */
export async function countBadges(shop: Shop): Promise<Badges> {
  const [badges] = await shop.sql<Badges[]>`
    SELECT
      (SELECT count(*)::int FROM (SELECT FROM alarms WHERE status = 'open' LIMIT ${badgeAtMost}) t) AS alarms,
      (SELECT count(*)::int FROM (SELECT FROM orders WHERE deliver_by < ${shop.now().toISOString()} AND deliver_by IS NOT NULL
        AND clock_ended_at IS NULL LIMIT ${badgeAtMost}) t) AS deliveries,
      (SELECT count(*)::int FROM (SELECT FROM refunds WHERE status = 'requested' LIMIT ${badgeAtMost}) t) AS refunds`;
  if (!badges) throw new Error("the badges were not counted");
  return badges;
}
