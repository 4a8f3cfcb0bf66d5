import { type SQL, sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";

/** A sealed entry's place in the chain. */
export type Place = { sealNo: number; hash: string };

/** The last place of the chain; null when nothing is sealed. */
export function findChainHead(shop: Shop): Promise<Place | null> {
  return findPlace(shop, sql`seal_no IS NOT NULL ORDER BY seal_no DESC LIMIT 1`);
}

export async function findPlace({ db }: Shop, where: SQL): Promise<Place | null> {
  const [place] = await db.execute<Place>(
    sql`SELECT seal_no::float8 AS "sealNo", hash FROM audit_entries WHERE ${where}`,
  );
  return place ?? null;
}
