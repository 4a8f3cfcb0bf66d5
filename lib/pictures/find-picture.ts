import type { Shop } from "@/lib/shop";

/** Staff may see every picture, a member those that they sent and those that a refund of their own shows. */
export type PictureViewer = "staff" | { memberId: number };

export type Picture = { contentType: string; bytes: Buffer };

/** A picture as its viewer may see it; null when it is not there or not theirs to see. */
export async function findPicture(
  shop: Shop,
  of: { name: string; viewer: PictureViewer },
): Promise<Picture | null> {
  const memberId = of.viewer === "staff" ? null : of.viewer.memberId;
  const [picture] = await shop.sql<Picture[]>`
    SELECT content_type AS "contentType", bytes FROM pictures p
    WHERE name = ${of.name} AND (
      ${memberId}::bigint IS NULL
      OR EXISTS (SELECT 1 FROM uploads WHERE member_id = ${memberId} AND picture_name = p.name)
      OR EXISTS (
        SELECT 1 FROM refund_pictures shown
        JOIN refunds r ON r.id = shown.refund_id
        LEFT JOIN orders o ON o.id = r.order_id
        WHERE shown.picture_name = p.name AND ${memberId} IN (r.member_id, o.member_id)
      )
    )`;
  return picture ?? null;
}
