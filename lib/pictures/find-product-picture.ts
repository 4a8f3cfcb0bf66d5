import type { Shop } from "@/lib/shop";
import type { Picture } from "./find-picture";

/** A picture that a product shows, or that lines of its orders may; null for every other, such as a refund's. */
export async function findProductPicture(shop: Shop, name: string): Promise<Picture | null> {
  if (name.includes("\0")) return null;
  const [picture] = await shop.sql<Picture[]>`
    SELECT content_type AS "contentType", bytes FROM pictures p
    WHERE name = ${name} AND EXISTS (SELECT FROM product_pictures shown WHERE shown.picture_name = p.name)`;
  return picture ?? null;
}
