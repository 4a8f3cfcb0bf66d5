import { writeEntry } from "@/lib/audit/write-entry";
import { products } from "@/lib/db/schema/catalog";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { chooseSkus } from "./choose-skus";
import { chooseSlug } from "./choose-slug";
import { holdCatalog } from "./hold-catalog";
import { insertVariants } from "./insert-variants";
import { nameCategory } from "./name-category";
import { parseProduct, type WishedProduct } from "./product-fields";

/** A new product, off sale until somebody puts it on. `product_invalid`, `slug_taken`, `sku_taken`. */
export async function createProduct(
  shop: Shop,
  of: { fields: WishedProduct; by: Person },
): Promise<{ productId: number }> {
  const fields = parseProduct(of.fields);
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    await holdCatalog(tx);
    const slug = await chooseSlug(tx, { ...fields, productId: null });
    const chosen = await chooseSkus(tx, { productId: null, slug, variants: fields.variants });
    const { title, kind, description, categoryId } = fields;
    const category = await nameCategory(tx, categoryId);
    const [product] = await tx
      .insert(products)
      .values({ title, kind, description, categoryId, slug, onSale: false, createdAt: now, updatedAt: now })
      .returning({ id: products.id });
    if (!product) throw new Error("the product was not inserted");
    await insertVariants(tx, {
      productId: product.id,
      variants: chosen.map((variant, position) => ({ ...variant, position })),
      staffId: of.by.staffId,
      at: now,
    });
    await writeEntry(tx, {
      ...of.by,
      action: "product.create",
      subject: "product",
      subjectId: product.id,
      at: now,
      after: { slug, title, kind, category, variants: chosen.map(({ id: _, ...variant }) => variant) },
    });
    return { productId: product.id };
  });
}
