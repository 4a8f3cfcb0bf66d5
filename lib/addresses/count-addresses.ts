import { eq } from "drizzle-orm";
import { addresses } from "@/lib/db/schema/addresses";
import type { Shop } from "@/lib/shop";

/** How many addresses a member's book holds. */
export async function countAddresses({ db }: Shop, memberId: number): Promise<number> {
  return db.$count(addresses, eq(addresses.memberId, memberId));
}
