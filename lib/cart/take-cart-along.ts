import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/**
 * A guest's cart becomes the member's; of what lies in both, the greater quantity and the price that this browser told.
 * Both members are locked. There may be more lines than can be added by hand: none is lost.
 */
export async function takeCartAlong(tx: Tx, guestId: number, memberId: number): Promise<void> {
  await tx.execute(sql`INSERT INTO cart_lines AS own (member_id, variant_id, quantity, seen_fen, add_key, created_at)
    SELECT ${memberId}, variant_id, quantity, seen_fen, add_key, created_at FROM cart_lines
      WHERE member_id = ${guestId} AND removed_at IS NULL
    ON CONFLICT (member_id, variant_id) DO UPDATE SET seen_fen = excluded.seen_fen, add_key = excluded.add_key, removed_at = NULL,
      quantity = CASE WHEN own.removed_at IS NULL THEN greatest(own.quantity, excluded.quantity) ELSE excluded.quantity END`);
  await tx.execute(sql`DELETE FROM cart_lines WHERE member_id = ${guestId}`);
}
