import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { addJob } from "@/lib/db/add-job";
import { virtualContents } from "@/lib/db/schema/deliveries";
import { seal } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { holdContent } from "./hold-content";
import type { VirtualContent } from "./virtual-content";

/**
 * Says what a virtual variant is delivered as right after payment: a text, a link, a code from its stock, or nothing, by
 * hand. Paid orders that wait get it now; what was delivered before stays as it was. `not_found`.
 */
export async function setContent(
  shop: Shop,
  of: { sku: string; content: VirtualContent; by: Person },
): Promise<void> {
  const { content } = of;
  const now = shop.now();
  await shop.db.transaction(async (tx) => {
    const variant = await holdContent(tx, of.sku);
    const mine = eq(virtualContents.variantId, variant.id);
    const [before] = await tx.select({ kind: virtualContents.kind }).from(virtualContents).where(mine);
    if (content.kind === "none") await tx.delete(virtualContents).where(mine);
    else {
      const sealed = content.kind === "codes" ? null : seal(content.text, shop.environment.dataKey);
      const row = { kind: content.kind, sealed, updatedAt: now };
      await tx
        .insert(virtualContents)
        .values({ variantId: variant.id, ...row })
        .onConflictDoUpdate({ target: virtualContents.variantId, set: row });
    }
    await tx.execute(
      sql`SELECT resolve_alarms(ARRAY[${`content_unreadable:${variant.id}`}], ${now.toISOString()})`,
    );
    await writeEntry(tx, {
      ...of.by,
      action: "variant.set_content",
      subject: "variant",
      subjectId: variant.id,
      at: now,
      before: { kind: before?.kind ?? "none" },
      after: { sku: variant.sku, kind: content.kind }, // The content itself is its buyers' alone.
    });
    await addJob(tx, {
      task: "deliver_waiting",
      payload: { variantId: variant.id },
      key: `deliver_waiting:${variant.id}`,
    });
  });
}
