import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";

/**
 * Deletes what a member uploaded and what their refunds showed, and the pictures that nobody else refers to. A picture is
 * locked first and looked at again with the lock held: whoever is just sending the same one keeps it.
 */
export async function scrubPictures(tx: Tx, of: { memberId: number; orderIds: number[] }): Promise<void> {
  const gone = await tx.execute<{ name: string }>(sql`
    WITH sent AS (DELETE FROM uploads WHERE member_id = ${of.memberId} RETURNING picture_name),
      shown AS (DELETE FROM refund_pictures WHERE refund_id IN (
        SELECT id FROM refunds WHERE order_id = ANY(${sql.param(of.orderIds)}::bigint[])) RETURNING picture_name)
    SELECT picture_name AS name FROM sent UNION SELECT picture_name FROM shown`);
  if (gone.length === 0) return;
  const names = sql`ANY(${sql.param(gone.map(({ name }) => name))}::text[])`;
  await tx.execute(sql`SELECT name FROM pictures WHERE name = ${names} ORDER BY name FOR UPDATE`);
  await tx.execute(sql`DELETE FROM pictures p WHERE name = ${names}
    AND NOT EXISTS (SELECT FROM uploads u WHERE u.picture_name = p.name)
    AND NOT EXISTS (SELECT FROM refund_pictures r WHERE r.picture_name = p.name)
    AND NOT EXISTS (SELECT FROM product_pictures d WHERE d.picture_name = p.name)`);
}
