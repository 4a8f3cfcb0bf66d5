import { sql } from "drizzle-orm";
import { products, variants } from "@/lib/db/schema";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { demoProducts } from "./demo-products";

/** Fills an empty shop with the demo catalogue, and nothing else. Refuses when there are products already. */
export async function fillDemoShop(shop: Pick<Shop, "db">): Promise<{ products: number }> {
  return shop.db.transaction(async (tx) => {
    await tx.execute(sql`LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE`);
    if ((await tx.select({ id: products.id }).from(products).limit(1)).length)
      throw new AppError("demo_not_empty");
    for (const { variants: ofProduct, ...product } of demoProducts) {
      const [row] = await tx.insert(products).values(product).returning({ id: products.id });
      if (!row) throw new Error("a product was not inserted");
      await tx
        .insert(variants)
        .values(ofProduct.map((variant, position) => ({ ...variant, productId: row.id, position })));
    }
    return { products: demoProducts.length };
  });
}
