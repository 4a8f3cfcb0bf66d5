import { sql } from "drizzle-orm";
import { onBoard, readStates } from "@/lib/deliveries/board-filter";
import type { Shop } from "@/lib/shop";

/** Beyond this nobody counts; the desk shows "999+". Bounds every count to one short index range. */
export const countedAtMost = 1000;

export type Work = {
  /** As the deadline board lists them. */
  toShip: number;
  late: number;
  /** The next one among those to ship; null when all of them are late, or there is none. */
  nextDeadline: Date | null;
  /** Open: nobody has taken them on. */
  alarms: number;
  /** Notifications of the last 24 hours that failed on our side, or that somebody forged. */
  badNotifications: number;
};

const dayMs = 24 * 60 * 60_000;

/** What needs a hand now, each number read from the rows of the list that it leads to. */
export async function countWork(shop: Shop): Promise<Work> {
  const now = shop.now();
  const dayAgo = new Date(now.getTime() - dayMs).toISOString();
  const states = await readStates(shop);
  const board = (state: "toShip" | "late") => onBoard({ state, kind: null, person: null }, states);
  const newest = (verdict: "failed" | "forged") =>
    sql`(SELECT received_at FROM notifications WHERE verdict = ${verdict} ORDER BY id DESC LIMIT ${countedAtMost})`;
  const [work] = await shop.db.execute<Omit<Work, "nextDeadline"> & { nextDeadline: string | null }>(sql`
    SELECT
      (SELECT count(*)::int FROM (SELECT FROM orders o WHERE ${board("toShip")} LIMIT ${countedAtMost}) t) AS "toShip",
      (SELECT count(*)::int FROM (SELECT FROM orders o WHERE ${board("late")} LIMIT ${countedAtMost}) t) AS late,
      (SELECT o.deliver_by FROM orders o WHERE ${board("toShip")} AND o.deliver_by >= ${now.toISOString()}
        ORDER BY o.deliver_by, o.id LIMIT 1) AS "nextDeadline",
      (SELECT count(*)::int FROM (SELECT FROM alarms WHERE status = 'open' LIMIT ${countedAtMost}) t) AS alarms,
      (SELECT least(${countedAtMost}, count(*))::int FROM (${newest("failed")} UNION ALL ${newest("forged")}) bad
        WHERE received_at > ${dayAgo}) AS "badNotifications"`);
  if (!work) throw new Error("the work was not counted");
  return { ...work, nextDeadline: work.nextDeadline === null ? null : new Date(work.nextDeadline) };
}
