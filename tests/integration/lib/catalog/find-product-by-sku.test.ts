import { afterAll, beforeAll, expect, test } from "vitest";
import { findProductBySku } from "@/lib/catalog/find-product-by-sku";
import { aShop } from "@/tests/support/a-shop";

let a: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  a = await aShop();
});
afterAll(() => a.close());

test("a sku leads to its product and its own variant", async () => {
  const { sku, slug } = await a.aProduct({ priceFen: 123 });

  const found = await findProductBySku(a.shop, sku);

  expect(found?.product.slug).toBe(slug);
  expect(found?.variant).toMatchObject({ sku, priceFen: 123 });
});

test("what is not on sale, or was never there, is not found", async () => {
  const { sku, slug } = await a.aProduct();
  await a.sql`UPDATE products SET on_sale = false WHERE slug = ${slug}`;

  expect(await findProductBySku(a.shop, sku)).toBeNull();
  expect(await findProductBySku(a.shop, "NOTHING")).toBeNull();
});
