import type { Shop } from "@/lib/shop";
import { lockOrders } from "./erase-member";
import { isAnythingOpen, readOpenMatters } from "./open-matters";
import { readPersonalTexts } from "./personal-texts";
import { scrubRows } from "./scrub-rows";

/**
 * What WeChat still sends of an erased member's orders (late money, a message that came another way before) is stored
 * and settled like any other, openid and all: the refund and its report need it. Once nothing is open it is cut out.
 */
export async function scrubErased(shop: Shop): Promise<void> {
  const raw = await shop.sql<{ id: number }[]>`
    SELECT m.id::float8 AS id FROM members m WHERE m.erased_at IS NOT NULL AND EXISTS (
      SELECT FROM orders o WHERE o.member_id = m.id AND (
        EXISTS (SELECT FROM receipts r WHERE r.order_id = o.id AND r.openid IS NOT NULL)
        OR EXISTS (SELECT FROM refunds f WHERE f.order_id = o.id AND f.recv_account IS NOT NULL)
        OR EXISTS (SELECT FROM notifications n WHERE n.order_id = o.id AND n.scrubbed_at IS NULL)))`;
  for (const { id } of raw) await scrub(shop, id);
}

async function scrub(shop: Shop, memberId: number): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const orderIds = await lockOrders(tx, memberId);
    if (isAnythingOpen(await readOpenMatters(tx, memberId))) return;
    const texts = await readPersonalTexts(tx, { memberId, orderIds });
    await scrubRows(tx, { orderIds, texts, at: shop.now() });
  });
}
