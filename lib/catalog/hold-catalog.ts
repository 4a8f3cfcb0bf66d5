import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/** One person at a time gives names to goods: a slug or SKU that was free is free when it is written. Buyers do not wait. */
export async function holdCatalog(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('catalog', 0))`);
}
