import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import type { Shop } from "@/lib/shop";
import { type ChainedEntry, chainedColumns, hashEntry, noHash } from "./chain";

const batchEntries = 500; // One short transaction each: what a killed sealer leaves undone is little.

/**
 * Gives every entry without one its place in the chain, in the order of their ids; returns how many. Whoever writes
 * entries waits for nobody: one that commits late, with a lower id than the last one sealed, comes next. One sealer
 * works at a time, a second one goes home.
 */
export async function sealEntries(shop: Shop): Promise<number> {
  for (let sealed = 0; ; ) {
    const batch = await shop.db.transaction(sealBatch);
    sealed += batch;
    if (batch < batchEntries) return sealed;
  }
}

const sealerLock = 5_201_315; // Any number of our own; held for the transaction.

async function sealBatch(tx: Tx): Promise<number> {
  const [lock] = await tx.execute<{ mine: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(${sealerLock}) AS mine`,
  );
  if (!lock?.mine) return 0;
  const [last] = await tx.execute<{ sealNo: number; hash: string }>(sql`
    SELECT seal_no::float8 AS "sealNo", hash FROM audit_entries WHERE seal_no IS NOT NULL ORDER BY seal_no DESC LIMIT 1`);
  const entries = await tx.execute<ChainedEntry>(sql`
    SELECT ${chainedColumns} FROM audit_entries WHERE seal_no IS NULL ORDER BY audit_entries.id LIMIT ${batchEntries}`);
  if (entries.length === 0) return 0;

  let hash = last?.hash ?? noHash;
  const hashes = entries.map((entry) => {
    hash = hashEntry(hash, entry);
    return hash;
  });
  await tx.execute(sql`
    UPDATE audit_entries e SET seal_no = ${last?.sealNo ?? 0}::bigint + n.place, hash = n.hash
      FROM unnest(${sql.param(entries.map(({ id }) => id))}::bigint[], ${sql.param(hashes)}::text[]) WITH ORDINALITY AS n (id, hash, place)
     WHERE e.id = n.id`);
  return entries.length;
}
