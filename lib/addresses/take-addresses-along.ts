import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/**
 * A guest's address book becomes the member's; what stands in both stands once, and the member's default stays it.
 * Both members are locked. There may be more addresses than can be added by hand: none is lost.
 */
export async function takeAddressesAlong(tx: Tx, guestId: number, memberId: number): Promise<void> {
  await tx.execute(sql`WITH twice AS (
      DELETE FROM addresses a USING addresses own WHERE a.member_id = ${guestId} AND own.member_id = ${memberId}
        AND (a.name, a.phone, a.province, a.city, a.district, a.address)
          = (own.name, own.phone, own.province, own.city, own.district, own.address)
      RETURNING own.id, a.used_at)
    UPDATE addresses own SET used_at = greatest(own.used_at, twice.used_at) FROM twice WHERE own.id = twice.id`);
  await tx.execute(sql`UPDATE addresses SET member_id = ${memberId}, is_default = is_default
      AND NOT EXISTS (SELECT FROM addresses own WHERE own.member_id = ${memberId} AND own.is_default)
    WHERE member_id = ${guestId}`);
}
