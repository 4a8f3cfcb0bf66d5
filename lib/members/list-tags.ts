import type { Shop } from "@/lib/shop";

const atMost = 200;

/** The tags that are in use, in alphabetical order: one look into the index for each tag, however many members bear it. */
export async function listTags(shop: Pick<Shop, "sql">): Promise<string[]> {
  const rows = await shop.sql<{ tag: string }[]>`
    WITH RECURSIVE used (tag, n) AS (
      (SELECT tag, 1 FROM member_tags ORDER BY tag LIMIT 1)
      UNION ALL
      SELECT (SELECT t.tag FROM member_tags t WHERE t.tag > used.tag ORDER BY t.tag LIMIT 1), used.n + 1
        FROM used WHERE used.tag IS NOT NULL AND used.n < ${atMost}
    )
    SELECT tag FROM used WHERE tag IS NOT NULL`;
  return rows.map(({ tag }) => tag);
}
