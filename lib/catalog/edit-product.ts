import { asc, eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { chooseSkus } from "./choose-skus";
import { chooseSlug } from "./choose-slug";
import { holdCatalog } from "./hold-catalog";
import { nameCategory } from "./name-category";
import { type ProductFields, parseProduct, type WishedProduct } from "./product-fields";
import { isProductUsed } from "./product-use";
import { writeVariants } from "./write-variants";

type Product = typeof products.$inferSelect;

/**
 * Writes all fields of a product that was read as `version`; orders keep what their lines say. `changed` is false when
 * all of it is so already. `product_changed` when somebody else was faster, `product_invalid`, `slug_taken`,
 * `sku_taken`, `variant_in_use`. A published slug changes only when `slugConfirmed` repeats it.
 */
export async function editProduct(
  shop: Shop,
  of: { productId: number; version: number; fields: WishedProduct; slugConfirmed?: string; by: Person },
): Promise<{ changed: boolean }> {
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    await holdCatalog(tx);
    const [product] = await tx.select().from(products).where(eq(products.id, of.productId)).for("update");
    if (!product) throw new AppError("not_found");
    if (product.version !== of.version) throw new AppError("product_changed", { version: product.version });
    const fields = parseProduct(of.fields);
    const isUsed = await isProductUsed(tx, product.id);
    refuseFixed(product, { fields, isUsed, slugConfirmed: of.slugConfirmed });

    const slug = await chooseSlug(tx, {
      ...fields,
      slug: fields.slug || product.slug,
      productId: product.id,
    });
    const chosen = await chooseSkus(tx, { productId: product.id, slug, variants: fields.variants });
    const { title, kind, description, categoryId } = fields;
    const facts = differing(product, { title, slug, kind, description });
    const moved = await changeOfCategory(tx, { from: product.categoryId, to: categoryId });
    const existing = await tx
      .select()
      .from(variants)
      .where(eq(variants.productId, product.id))
      .orderBy(asc(variants.id));
    const ofVariants = await writeVariants(tx, {
      ...{ productId: product.id, existing, wished: chosen },
      ...{ staffId: of.by.staffId, at: now },
    });
    if (!facts && !moved && !ofVariants) return { changed: false };

    await tx
      .update(products)
      .set({ ...facts?.after, categoryId, version: sql`${products.version} + 1`, updatedAt: now })
      .where(eq(products.id, product.id));
    await writeEntry(tx, {
      ...of.by,
      action: "product.edit",
      subject: "product",
      subjectId: product.id,
      at: now,
      before: { ...facts?.before, ...moved?.before, ...(ofVariants && { variants: ofVariants.before }) },
      after: { ...facts?.after, ...moved?.after, ...(ofVariants && { variants: ofVariants.after }) },
    });
    return { changed: true };
  });
}

/** What is fixed once others rely on it. */
function refuseFixed(
  product: Product,
  of: { fields: ProductFields; isUsed: boolean; slugConfirmed: string | undefined },
): void {
  const { kind, slug, variants: wished } = of.fields;
  const isShared = product.onSale || of.isUsed;
  const isNewSlug = slug !== "" && slug !== product.slug;
  const errors = [
    of.isUsed && kind !== product.kind && { path: "kind", code: "kindFixed" },
    isShared && isNewSlug && of.slugConfirmed !== slug && { path: "slug", code: "slugShared" },
    product.onSale && !wished.some(({ onSale }) => onSale) && { path: "variants", code: "noneOnSale" },
  ].filter((problem) => problem !== false);
  if (errors.length > 0) throw new AppError("product_invalid", { errors });
}

/** The trail holds names: an id would say nothing once the category is gone. */
async function changeOfCategory(tx: Tx, { from, to }: { from: number | null; to: number | null }) {
  if (from === to) return null;
  const [before, after] = [await nameCategory(tx, from), await nameCategory(tx, to)];
  return { before: { category: before }, after: { category: after } };
}

type Facts = Pick<Product, "title" | "slug" | "kind" | "description">;

/** What changes, as it was and as it will be; null when nothing does. */
function differing(
  product: Product,
  wished: Facts,
): { before: Partial<Facts>; after: Partial<Facts> } | null {
  const names = (Object.keys(wished) as (keyof Facts)[]).filter((name) => wished[name] !== product[name]);
  if (names.length === 0) return null;
  const only = (of: Facts): Partial<Facts> => Object.fromEntries(names.map((name) => [name, of[name]]));
  return { before: only(product), after: only(wished) };
}
