import { desc, eq, sql } from "drizzle-orm";
import { addresses } from "@/lib/db/schema/addresses";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";

export type SavedAddress = Recipient & { id: number; isDefault: boolean };

/** A member's address book: the default leads, then what was used last, then what was added last. */
export async function listAddresses(shop: Shop, memberId: number): Promise<SavedAddress[]> {
  const { id, name, phone, province, city, district, address, isDefault } = addresses;
  return shop.db
    .select({ id, name, phone, province, city, district, address, isDefault })
    .from(addresses)
    .where(eq(addresses.memberId, memberId))
    .orderBy(desc(addresses.isDefault), sql`${addresses.usedAt} DESC NULLS LAST`, desc(addresses.id));
}
