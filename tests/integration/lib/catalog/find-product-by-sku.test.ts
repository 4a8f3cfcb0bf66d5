import { afterAll, beforeAll, expect, test } from "vitest";
import { findProductBySku } from "@/lib/catalog/find-product-by-sku";
import { aShop } from "@/tests/support/a-shop";

let a: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  a = await aShop();
});
afterAll(() => a.close());

test("a sku leads to its product", async () => {
  const { sku, slug } = await a.aProduct();

  const found = await findProductBySku(a.shop, sku);

  expect(found?.slug).toBe(slug);
});

test("what is not on sale, or was never there, is not found", async () => {
  const { sku, slug } = await a.aProduct();
  await a.sql`UPDATE products SET on_sale = false WHERE slug = ${slug}`;

  expect(await findProductBySku(a.shop, sku)).toBeNull();
  expect(await findProductBySku(a.shop, "NOTHING")).toBeNull();
  expect(await findProductBySku(a.shop, "\0")).toBeNull();
});
