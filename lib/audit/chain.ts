import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";

/** An entry as the chain reads it: every column as PostgreSQL's own text, null where it is null. */
export type ChainedEntry = {
  id: string;
  at: string;
  staffId: string | null;
  action: string;
  subject: string;
  subjectId: string;
  orderId: string | null;
  address: string | null;
  before: string | null;
  after: string | null;
};

/** What `ChainedEntry` is selected by. jsonb has one text for one value: its keys are sorted and its spaces set. */
export const chainedColumns: SQL = sql`id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  staff_id::text AS "staffId", action, subject, subject_id AS "subjectId", order_id::text AS "orderId", address,
  before::text, after::text`;

/** What the first entry is chained to. */
export const noHash = "0".repeat(64);

/**
 * The hash of an entry in its place: SHA-256, in hex, over the hash before it, a line feed, and the entry's columns as
 * a JSON array of texts (UTF-8, no spaces). Anybody can work it out again from an export of the trail.
 */
export function hashEntry(previous: string, entry: ChainedEntry): string {
  const { id, at, staffId, action, subject, subjectId, orderId, address, before, after } = entry;
  const fields = [id, at, staffId, action, subject, subjectId, orderId, address, before, after];
  return createHash("sha256")
    .update(`${previous}\n${JSON.stringify(fields)}`)
    .digest("hex");
}
