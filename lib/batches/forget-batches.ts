import type { Shop } from "@/lib/shop";

/** Files hold names, phones and addresses: a draft is gone after 7 days, the cells of every other batch after 90. */
export async function forgetBatches(shop: Shop): Promise<void> {
  const now = shop.now().toISOString();
  await shop.sql.begin(async (tx) => {
    const drafts = await tx<{ id: number }[]>`
      SELECT id FROM delivery_batches WHERE status = 'draft' AND created_at < ${now}::timestamptz - interval '7 days' FOR UPDATE`;
    const ids = drafts.map(({ id }) => id);
    await tx`DELETE FROM delivery_batch_rows WHERE batch_id = ANY(${ids})`;
    await tx`DELETE FROM delivery_batches WHERE id = ANY(${ids})`;
  });
  await shop.sql`
    UPDATE delivery_batch_rows r SET cells = '[]', phone_tail = NULL FROM delivery_batches b
     WHERE b.id = r.batch_id AND b.created_at < ${now}::timestamptz - interval '90 days' AND r.cells <> '[]'`;
}
