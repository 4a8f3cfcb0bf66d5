import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { categories, products, variants } from "@/lib/db/schema/catalog";
import { codes, virtualContents } from "@/lib/db/schema/deliveries";
import { fingerprint, seal } from "@/lib/db/seal";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { type DemoVariant, demoCategories, demoProducts } from "./demo-products";

/**
 * Fills an empty shop with the demo catalogue, its categories and what its virtual goods are delivered as, and nothing else. Refuses
 * when there are products already.
 */
export async function fillDemoShop(shop: Pick<Shop, "db" | "environment">): Promise<{ products: number }> {
  const { dataKey } = shop.environment;
  return shop.db.transaction(async (tx) => {
    await tx.execute(sql`LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE`);
    if ((await tx.select({ id: products.id }).from(products).limit(1)).length)
      throw new AppError("demo_not_empty");
    await tx
      .insert(categories)
      .values(demoCategories.map((category, position) => ({ ...category, position })))
      .onConflictDoNothing(); // Somebody may have begun with the shelves.
    const shelves = await tx.select({ id: categories.id, slug: categories.slug }).from(categories);
    for (const { variants: ofProduct, category, ...product } of demoProducts) {
      const categoryId = shelves.find(({ slug }) => slug === category)?.id;
      const [row] = await tx
        .insert(products)
        .values({ ...product, categoryId })
        .returning({ id: products.id });
      if (!row) throw new Error("a product was not inserted");
      const rows = await tx
        .insert(variants)
        .values(
          ofProduct.map(({ content: _, ...variant }, position) => ({
            ...variant,
            productId: row.id,
            position,
          })),
        )
        .returning({ id: variants.id, sku: variants.sku });
      for (const { sku, content } of ofProduct) {
        const variantId = rows.find((variant) => variant.sku === sku)?.id;
        if (content && variantId !== undefined) await storeContent(tx, { variantId, content, dataKey });
      }
    }
    return { products: demoProducts.length };
  });
}

type Stored = { variantId: number; content: NonNullable<DemoVariant["content"]>; dataKey: string };

async function storeContent(tx: Tx, { variantId, content, dataKey }: Stored): Promise<void> {
  if ("text" in content) {
    const sealed = seal(content.text, dataKey);
    await tx.insert(virtualContents).values({ variantId, kind: "text", sealed });
    return;
  }
  await tx.insert(virtualContents).values({ variantId, kind: "codes" });
  const made = Array.from(
    { length: content.codes },
    () => `KS12-${randomBytes(6).toString("hex").toUpperCase()}`,
  );
  await tx.insert(codes).values(
    made.map((code) => ({
      variantId,
      sealed: seal(code, dataKey),
      fingerprint: fingerprint(code, dataKey),
    })),
  );
}
