import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { type ChainedEntry, chainedColumns, hashEntry, noHash } from "./chain";
import { findChainHead, findPlace, type Place } from "./find-chain-head";

/**
 * What is wrong at the first place that does not fit. `removed`: a number is missing. `inserted`: without this entry the
 * chain goes on. `reordered`: another entry belongs here. `changed`: what stands here was not sealed so. `unsealed`: it
 * waits for longer than any sealer takes.
 */
export type Break = {
  kind: "removed" | "inserted" | "reordered" | "changed" | "unsealed";
  sealNo: number | null;
  entryId: number | null;
};

export type Verification = {
  /** How many places were looked at, and the last of them: where to go on when the time was over before the end. */
  checked: number;
  to: number;
  isEnded: boolean;
  broken: Break | null;
  /** The chain's last place: whoever keeps its hash elsewhere can tell later that nothing before it was changed. */
  head: Place | null;
  /** The place of a hash that was kept; null when the chain has none. */
  noted: { hash: string; sealNo: number | null } | null;
  /** Entries that are not sealed yet, counted no further than `countedAtMost`. */
  unsealed: number;
};

type Walk = Pick<Verification, "checked" | "to" | "broken">;

const batchEntries = 2_000;
const sealedWithinMs = 15 * 60_000; // The sealer comes every minute.

/**
 * Works every hash of the chain out again, in batches, until the first that does not fit. Begins behind `from`, whose
 * own hash is taken as it is, and stops when `withinMs` are over.
 */
export async function verifyEntries(
  shop: Shop,
  of: { from?: number; notedHash?: string | null; withinMs?: number } = {},
): Promise<Verification> {
  const head = await findChainHead(shop);
  const until = head?.sealNo ?? 0;
  const stopAt = performance.now() + (of.withinMs ?? Number.POSITIVE_INFINITY);
  const walked = await walk(shop, { from: of.from ?? 0, until, stopAt });
  const noted = of.notedHash ? await findPlace(shop, sql`hash = ${of.notedHash}`) : null;
  const { count, overdueId } = await readUnsealed(shop);
  const overdue =
    overdueId === null ? null : ({ kind: "unsealed", sealNo: null, entryId: overdueId } as const);
  return {
    ...{ ...walked, head, unsealed: count, broken: walked.broken ?? overdue },
    isEnded: walked.broken !== null || walked.to === until,
    noted: of.notedHash ? { hash: of.notedHash, sealNo: noted?.sealNo ?? null } : null,
  };
}

async function walk(shop: Shop, of: { from: number; until: number; stopAt: number }): Promise<Walk> {
  const start = of.from === 0 ? null : await findPlace(shop, sql`seal_no = ${of.from}`);
  if (of.from > 0 && !start) return { checked: 0, to: 0, broken: missing(of.from) };
  let [to, hash] = [of.from, start?.hash ?? noHash];
  while (to < of.until && performance.now() < of.stopAt) {
    const entries = await readSealed(shop, to);
    for (const [n, entry] of entries.entries()) {
      const broken = lookAt(entry, { place: to + 1, previous: hash, rest: entries.slice(n + 1) });
      if (broken) return { checked: to - of.from, to, broken };
      to = entry.sealNo;
      hash = entry.hash;
    }
    if (entries.length === 0) return { checked: to - of.from, to, broken: missing(to + 1) };
  }
  return { checked: to - of.from, to, broken: null };
}

type SealedEntry = ChainedEntry & Place;

function lookAt(
  entry: SealedEntry,
  { place, previous, rest }: { place: number; previous: string; rest: SealedEntry[] },
): Break | null {
  if (entry.sealNo !== place) return missing(place);
  if (hashEntry(previous, entry) === entry.hash) return null;
  const rightful = rest.findIndex((other) => hashEntry(previous, other) === other.hash);
  const at = { sealNo: entry.sealNo, entryId: Number(entry.id) };
  if (rightful === -1) return { kind: "changed", ...at };
  const isMoved = rest.some((other) => hashEntry(other.hash, entry) === entry.hash);
  return { kind: rightful === 0 && !isMoved ? "inserted" : "reordered", ...at };
}

function missing(sealNo: number): Break {
  return { kind: "removed", sealNo, entryId: null };
}

async function readSealed({ db }: Shop, after: number): Promise<SealedEntry[]> {
  return db.execute<SealedEntry>(sql`
    SELECT ${chainedColumns}, seal_no::float8 AS "sealNo", hash FROM audit_entries WHERE seal_no > ${after} ORDER BY seal_no LIMIT ${batchEntries}`);
}

async function readUnsealed(shop: Shop): Promise<{ count: number; overdueId: number | null }> {
  const dueAt = new Date(shop.now().getTime() - sealedWithinMs).toISOString();
  const [row] = await shop.db.execute<{ count: number; overdueId: number | null }>(sql`
    SELECT count(*)::int AS count, (min(id) FILTER (WHERE at < ${dueAt}))::float8 AS "overdueId"
      FROM (SELECT id, at FROM audit_entries WHERE seal_no IS NULL ORDER BY id LIMIT ${countedAtMost}) waiting`);
  return row ?? { count: 0, overdueId: null };
}
