import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { sealPrefix } from "@/lib/db/seal";

type Wanted = { variantId: number; quantity: number; dataKey: string };

/**
 * Holds so many codes of a variant's stock, oldest first, until the caller's transaction gives or leaves them; null when
 * the stock does not have them. Callers with several variants take them by id. Only codes that DATA_KEY opens count.
 */
export async function takeCodes(tx: Tx, of: Wanted): Promise<number[] | null> {
  // Nobody waits while the stock suffices. What others hold may come back, though: before it is called empty they are
  // waited for, in id order and holding nothing of this stock, so that nobody waits in a circle.
  return (await take(tx, of, "SKIP LOCKED")) ?? (await take(tx, of, ""));
}

/** In a savepoint: what did not suffice is let go again. */
async function take(tx: Tx, of: Wanted, others: "SKIP LOCKED" | ""): Promise<number[] | null> {
  const short = new Error("too few codes");
  try {
    return await tx.transaction(async (inner) => {
      const rows = await inner.execute<{ id: string }>(sql`
        SELECT id FROM codes WHERE variant_id = ${of.variantId} AND delivery_id IS NULL
          AND starts_with(sealed, ${sealPrefix(of.dataKey)})
        ORDER BY id LIMIT ${of.quantity} FOR NO KEY UPDATE ${sql.raw(others)}`);
      if (rows.length < of.quantity) throw short;
      return rows.map(({ id }) => Number(id));
    });
  } catch (error) {
    if (error === short) return null;
    throw error;
  }
}
