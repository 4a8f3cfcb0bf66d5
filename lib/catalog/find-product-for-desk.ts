import { and, asc, desc, eq } from "drizzle-orm";
import { auditEntries } from "@/lib/db/schema/audit";
import { products, variants } from "@/lib/db/schema/catalog";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { isVariantUsed } from "./product-use";

export type DeskProduct = NonNullable<Awaited<ReturnType<typeof findProductForDesk>>>;

/** A product as staff see it, on sale or not; `isUsed` where orders or stored codes hang on a variant. Null: none. */
export async function findProductForDesk(shop: Shop, productId: number) {
  const [product] = await shop.db.select().from(products).where(eq(products.id, productId));
  if (!product) return null;
  const ofProduct = await shop.db
    .select({
      id: variants.id,
      sku: variants.sku,
      title: variants.title,
      priceFen: variants.priceFen,
      onHand: variants.onHand,
      allocated: variants.allocated,
      onSale: variants.onSale,
      isUsed: isVariantUsed,
    })
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.position), asc(variants.id));
  return { ...product, variants: ofProduct };
}

/** Who edited it last, and when; null when nobody has. */
export async function findLastEdit(
  shop: Shop,
  productId: number,
): Promise<{ byName: string | null; at: Date } | null> {
  const [edit] = await shop.db
    .select({ byName: staff.name, at: auditEntries.at })
    .from(auditEntries)
    .leftJoin(staff, eq(staff.id, auditEntries.staffId))
    .where(and(eq(auditEntries.action, "product.edit"), eq(auditEntries.subjectId, String(productId))))
    .orderBy(desc(auditEntries.id))
    .limit(1);
  return edit ?? null;
}
