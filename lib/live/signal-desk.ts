import type { Sql } from "postgres";

export const deskChannel = "zhanggui_desk";

/** What an open desk is told: enough to know what to read again, nothing that must not cross a log. */
export type DeskSignal =
  | { type: "order_paid" | "surplus_received" | "reminder"; orderNo: string }
  | { type: "refund"; orderNo: string | null; refundNo: string }
  | { type: "delivery"; orderNo: string }
  /** `isNew` when one was opened; without it somebody has seen to one. */
  | { type: "alarm"; isNew?: true }
  /** Orders on the deadline board were given to somebody, or have more or less time. */
  | { type: "board" }
  /** Somebody wrote a note; about an order, or about a member. */
  | { type: "note"; orderNo: string | null }
  /** The feed was interrupted: read everything again. */
  | { type: "resync" };

/** Tells every open desk, on every process. Lost signals do no harm: desks read again by themselves. */
export async function signalDesk(sql: Sql, signal: DeskSignal): Promise<void> {
  await sql`SELECT pg_notify(${deskChannel}, ${JSON.stringify(signal)})`;
}
