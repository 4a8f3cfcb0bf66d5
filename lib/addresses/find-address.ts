import type { Shop } from "@/lib/shop";
import { listAddresses, type SavedAddress } from "./list-addresses";

/** One of a member's own addresses, by the digits that stand in an address or a form; null for any other. */
export async function findAddress(
  shop: Shop,
  of: { memberId: number; id: string | null },
): Promise<SavedAddress | null> {
  const own = await listAddresses(shop, of.memberId);
  return own.find(({ id }) => String(id) === of.id) ?? null;
}
