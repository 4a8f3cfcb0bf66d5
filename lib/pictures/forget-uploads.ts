import type { Shop } from "@/lib/shop";

/**
 * Deletes uploads that no refund shows after 24 hours, and the pictures that nobody refers to any more. A picture is
 * locked first and looked at again with the lock held: whoever is just attaching or sending it keeps it.
 */
export async function forgetUploads(shop: Shop): Promise<void> {
  const before = new Date(shop.now().getTime() - 24 * 60 * 60_000).toISOString();
  await shop.sql`DELETE FROM uploads u WHERE created_at < ${before}
    AND NOT EXISTS (SELECT 1 FROM refund_pictures shown WHERE shown.picture_name = u.picture_name)`;
  await shop.sql.begin(async (tx) => {
    const unused = tx`NOT EXISTS (SELECT 1 FROM uploads u WHERE u.picture_name = p.name)
      AND NOT EXISTS (SELECT 1 FROM refund_pictures shown WHERE shown.picture_name = p.name)
      AND NOT EXISTS (SELECT 1 FROM product_pictures shown WHERE shown.picture_name = p.name)`;
    const locked = await tx<
      { name: string }[]
    >`SELECT name FROM pictures p WHERE created_at < ${before} AND ${unused}
      FOR UPDATE SKIP LOCKED`;
    await tx`DELETE FROM pictures p WHERE name = ANY(${locked.map(({ name }) => name)}) AND ${unused}`;
  });
}
