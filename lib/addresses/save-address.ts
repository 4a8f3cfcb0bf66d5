import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { addresses } from "@/lib/db/schema/addresses";
import type { Recipient } from "@/lib/orders/recipient";

export const mostAddresses = 20;

/**
 * Puts a recipient into a member's book and answers its id: one that is in it already is that one. Null when the book is
 * full. The caller has locked the member.
 */
export async function saveAddress(
  tx: Tx,
  of: { memberId: number; recipient: Recipient; usedAt?: Date },
): Promise<number | null> {
  const own = await tx.select().from(addresses).where(eq(addresses.memberId, of.memberId));
  const same = own.find((address) => isSame(address, of.recipient));
  if (same) {
    if (of.usedAt) await tx.update(addresses).set({ usedAt: of.usedAt }).where(eq(addresses.id, same.id));
    return same.id;
  }
  if (own.length >= mostAddresses) return null;
  const [saved] = await tx
    .insert(addresses)
    .values({ ...of.recipient, memberId: of.memberId, usedAt: of.usedAt })
    .returning({ id: addresses.id });
  return saved?.id ?? null;
}

function isSame(address: Recipient, recipient: Recipient): boolean {
  return (
    address.name === recipient.name &&
    address.phone === recipient.phone &&
    address.province === recipient.province &&
    address.city === recipient.city &&
    address.district === recipient.district &&
    address.address === recipient.address
  );
}
