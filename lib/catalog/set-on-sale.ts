import { and, eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { products, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

/**
 * Puts a product on sale or takes it off; open orders of it go on. False when it is so already. `not_found`,
 * `product_invalid` when none of its variants is on sale.
 */
export async function setOnSale(
  shop: Shop,
  of: { productId: number; onSale: boolean; by: Person },
): Promise<boolean> {
  return shop.db.transaction(async (tx) => {
    const mine = eq(products.id, of.productId);
    const [product] = await tx
      .select({ onSale: products.onSale, slug: products.slug })
      .from(products)
      .where(mine)
      .for("no key update");
    if (!product) throw new AppError("not_found");
    if (product.onSale === of.onSale) return false;
    const sold = await tx.$count(
      variants,
      and(eq(variants.productId, of.productId), eq(variants.onSale, true)),
    );
    if (of.onSale && sold === 0)
      throw new AppError("product_invalid", { errors: [{ path: "variants", code: "noneOnSale" }] });

    await tx.update(products).set({ onSale: of.onSale }).where(mine);
    await writeEntry(tx, {
      ...of.by,
      action: of.onSale ? "product.put_on_sale" : "product.take_off_sale",
      subject: "product",
      subjectId: of.productId,
      at: shop.now(),
      before: { onSale: product.onSale },
      after: { onSale: of.onSale, slug: product.slug },
    });
    return true;
  });
}
