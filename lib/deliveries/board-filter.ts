import { type SQL, sql } from "drizzle-orm";
import type { ProductKind } from "@/lib/db/schema/catalog";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { nearBefore } from "./deadline";

/** Late and near say how much time is left, the others what is left to do: an order may be in one of each. */
export const boardStates = ["late", "near", "toShip", "waiting", "refused"] as const;
export type BoardState = (typeof boardStates)[number];

export type BoardFilter = {
  state: BoardState | null;
  kind: ProductKind | null;
  /** Whose orders: a person's id, or those that nobody was given. */
  person: number | "nobody" | null;
};

/** The orders `o` whose clock runs and that the filter keeps: a piece of one of the three indexes over running clocks. */
export function onBoard({ state, kind, person }: BoardFilter, states: Record<BoardState, SQL>): SQL {
  return sql.join(
    [
      sql`o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL`,
      ...(kind ? [sql`o.kind = ${kind}`] : []),
      ...(person === null
        ? []
        : [person === "nobody" ? sql`o.assigned_to IS NULL` : sql`o.assigned_to = ${person}`]),
      ...(state ? [states[state]] : []),
    ],
    sql` AND `,
  );
}

/** What each state means, as the clock and the settings stand. */
export async function readStates({ db, now }: Shop): Promise<Record<BoardState, SQL>> {
  const settings = await readSettings(db);
  const at = now();
  const [physical, virtual] = [nearBefore("physical", at, settings), nearBefore("virtual", at, settings)];
  return {
    late: sql`o.deliver_by < ${at.toISOString()}`,
    // The longer time bounds a range of the index; the kinds sort out what is inside.
    near: sql`o.deliver_by >= ${at.toISOString()} AND o.deliver_by < ${physical.toISOString()}
      AND o.deliver_by < CASE o.kind WHEN 'physical' THEN ${physical.toISOString()}::timestamptz ELSE ${virtual.toISOString()} END`,
    toShip: sql`o.status = 'paid' AND NOT ${hasReport(sql`r.deliver_status IS NOT NULL`)}`,
    waiting: hasReport(sql`r.status = 'queued' AND r.deliver_status IS NOT NULL`),
    refused: hasReport(sql`r.status = 'refused'`),
  };
}

/** Money beside what paid the order has a report of its own, which is not the order's. */
function hasReport(which: SQL): SQL {
  return sql`EXISTS (SELECT FROM receipts s JOIN delivery_reports r ON r.receipt_id = s.id
    WHERE s.order_id = o.id AND s.verdict = 'settling' AND ${which})`;
}
