import type { Shop } from "@/lib/shop";
import { sessionLifeMs } from "./session";

/** A day's guests of a busy shop; who is left over goes the next day. */
const mostAtOnce = 10_000;

/**
 * Deletes guests who left nothing but a cart and an address book, once no cookie leads to them any more: nobody can
 * come back to them. Whoever has ordered, is blocked, tagged or written about stays.
 */
export async function forgetGuests(shop: Shop): Promise<void> {
  const before = new Date(shop.now().getTime() - sessionLifeMs.cookie).toISOString();
  await shop.sql`WITH gone AS (
      SELECT id FROM members m WHERE created_at < ${before} AND blocked_at IS NULL AND erased_at IS NULL
        AND NOT EXISTS (SELECT FROM member_sessions s WHERE s.member_id = m.id)
        AND NOT EXISTS (SELECT FROM member_identities i WHERE i.member_id = m.id)
        AND NOT EXISTS (SELECT FROM orders o WHERE o.member_id = m.id)
        AND NOT EXISTS (SELECT FROM refunds f WHERE f.member_id = m.id)
        AND NOT EXISTS (SELECT FROM uploads u WHERE u.member_id = m.id)
        AND NOT EXISTS (SELECT FROM staff_notes n WHERE n.member_id = m.id)
        AND NOT EXISTS (SELECT FROM member_tags t WHERE t.member_id = m.id)
      ORDER BY id LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED),
    carts AS (DELETE FROM cart_lines USING gone WHERE member_id = gone.id),
    books AS (DELETE FROM addresses USING gone WHERE member_id = gone.id)
    DELETE FROM members USING gone WHERE members.id = gone.id`;
}
