import type { ReportStatus } from "./state";

/** What stands between an order and the end of its clock. */
export type Standing =
  | { state: "toShip" }
  | { state: "partlyShipped"; shipped: number; of: number }
  | { state: "waiting" }
  | { state: "retrying" }
  | { state: "refused" };

/** Pieces of all lines. `of` leaves out what was refunded before it left: nobody ships that any more. */
export type Pieces = { shipped: number; of: number };

/** `deliverStatus` is null while only some parcels have left. */
export type ReportFacts = { status: ReportStatus; deliverStatus: number | null; attempts: number };

export function standingOf(pieces: Pieces, report: ReportFacts | null): Standing {
  if (report?.status === "refused") return { state: "refused" };
  if (report && report.deliverStatus !== null) return { state: report.attempts > 0 ? "retrying" : "waiting" };
  return pieces.shipped > 0 ? { state: "partlyShipped", ...pieces } : { state: "toShip" };
}
