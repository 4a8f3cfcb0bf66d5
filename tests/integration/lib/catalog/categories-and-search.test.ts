import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as categoriesRoute } from "@/app/api/categories/route";
import { GET as productsRoute } from "@/app/api/products/route";
import { createProduct } from "@/lib/catalog/create-product";
import { editProduct } from "@/lib/catalog/edit-product";
import { findProductForDesk } from "@/lib/catalog/find-product-for-desk";
import { listProducts } from "@/lib/catalog/list-products";
import { listRelated } from "@/lib/catalog/list-related";
import { readSearch } from "@/lib/catalog/product-search";
import { setOnSale } from "@/lib/catalog/set-on-sale";
import { mostCategories } from "@/lib/categories/category-title";
import { createCategory } from "@/lib/categories/create-category";
import { listCategories } from "@/lib/categories/list-categories";
import { listCategoriesForDesk } from "@/lib/categories/list-categories-for-desk";
import { moveCategory } from "@/lib/categories/move-category";
import { removeCategory } from "@/lib/categories/remove-category";
import { renameCategory } from "@/lib/categories/rename-category";
import type { Person } from "@/lib/staff/person";
import { aVariant, productFields } from "@/tests/support/a-product";
import { aShop } from "@/tests/support/a-shop";
import { aPacker, refusalOf } from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
});
afterAll(() => it.close());

const category = async (title: string) => (await createCategory(it.shop, { title, by })).categoryId;
const titles = async () => (await listCategoriesForDesk(it.shop)).map(({ title }) => title);
const emptyShop = () => it.sql`TRUNCATE products, categories CASCADE`;
const product = async (of: { title: string; variants?: string[]; categoryId?: number; isOff?: true }) => {
  const { productId } = await createProduct(it.shop, {
    fields: productFields({
      title: of.title,
      categoryId: of.categoryId ?? null,
      variants: (of.variants ?? [""]).map((title) => aVariant({ title })),
    }),
    by,
  });
  if (!of.isOff) await setOnSale(it.shop, { productId, onSale: true, by });
  return productId;
};
const found = async (typed: string, categorySlug: string | null = null) => {
  const { items } = await listProducts(it.shop, { search: readSearch(typed), category: categorySlug });
  return items.map(({ title }) => title);
};
const ask = async (query: string) => {
  const response = await productsRoute(new Request(`http://shop.test/api/products?${query}`), {});
  return { status: response.status, body: await response.json() };
};

describe("categories", () => {
  test("are made, renamed, moved and removed, each with its entry; the address stays", async () => {
    await emptyShop();
    const [tea, pens] = [await category("茶叶 Tea"), await category(" 文房\n四宝 ")];
    const [teaSlug, penSlug] = (await listCategoriesForDesk(it.shop)).map(({ slug }) => slug);
    expect([teaSlug, penSlug]).toEqual(["tea", expect.stringMatching(/^c-[a-z2-9]{6}$/)]);

    expect(await moveCategory(it.shop, { categoryId: pens, to: "up", by })).toBe(true);
    expect(await moveCategory(it.shop, { categoryId: pens, to: "up", by })).toBe(false);
    expect(await renameCategory(it.shop, { categoryId: tea, title: "好茶", by })).toBe(true);
    expect(await renameCategory(it.shop, { categoryId: tea, title: " 好茶 ", by })).toBe(false);
    expect(await titles()).toEqual(["文房 四宝", "好茶"]);
    expect((await listCategoriesForDesk(it.shop))[1]).toMatchObject({ slug: "tea", products: 0, onSale: 0 });
    expect(await removeCategory(it.shop, { categoryId: tea, by })).toEqual({ title: "好茶", products: 0 });

    const entries = await it.sql`SELECT action, before, after FROM audit_entries
      WHERE subject = 'category' ORDER BY id`;
    expect(entries).toEqual([
      { action: "category.create", before: null, after: { title: "茶叶 Tea", slug: "tea" } },
      { action: "category.create", before: null, after: { title: "文房 四宝", slug: penSlug } },
      { action: "category.move", before: { place: 2 }, after: { title: "文房 四宝", place: 1 } },
      { action: "category.rename", before: { title: "茶叶 Tea" }, after: { title: "好茶" } },
      { action: "category.remove", before: { title: "好茶", slug: "tea", products: 0 }, after: null },
    ]);
  });

  test("what cannot be one is refused, and the same name at once is made once", async () => {
    await emptyShop();
    const tea = await category("茶");
    const pens = await category("笔");

    for (const title of ["", " \n", "一".repeat(21), "\0"])
      expect(await refusalOf(createCategory(it.shop, { title, by }))).toBe("category_invalid");
    expect(await refusalOf(createCategory(it.shop, { title: "茶 ", by }))).toBe("category_taken");
    expect(await refusalOf(renameCategory(it.shop, { categoryId: pens, title: "茶", by }))).toBe(
      "category_taken",
    );
    for (const gone of [0, tea + 1000]) {
      expect(await refusalOf(renameCategory(it.shop, { categoryId: gone, title: "墨", by }))).toBe(
        "not_found",
      );
      expect(await refusalOf(moveCategory(it.shop, { categoryId: gone, to: "up", by }))).toBe("not_found");
      expect(await refusalOf(removeCategory(it.shop, { categoryId: gone, by }))).toBe("not_found");
    }
    const made = await Promise.all(
      Array.from({ length: 10 }, () =>
        category("墨").then(
          () => "made",
          ({ code }) => code,
        ),
      ),
    );
    expect(made.toSorted()).toEqual([...Array(9).fill("category_taken"), "made"]);
    await it.sql`INSERT INTO categories (slug, title)
      SELECT 'full-' || n, '满' || n FROM generate_series(1, ${mostCategories - 3}) n`;
    expect(await refusalOf(category("砚"))).toBe("too_many_categories");
  });

  test("a product is put into one, moved and taken out, with the names in the trail", async () => {
    await emptyShop();
    const [tea, pens] = [await category("茶"), await category("笔")];
    const productId = await product({ title: "龙井", categoryId: tea });
    const edit = async (categoryId: number | null) => {
      const now = await findProductForDesk(it.shop, productId);
      if (!now) throw new Error("no such product");
      const { title, slug, kind, description, version } = now;
      const variants = now.variants.map((one) => ({ ...one, onHand: 0 }));
      const fields = { title, slug, kind, description, categoryId, variants };
      return editProduct(it.shop, { productId, version, fields, by });
    };

    expect(await edit(tea)).toEqual({ changed: false });
    expect(await edit(pens)).toEqual({ changed: true });
    expect(await listCategories(it.shop)).toMatchObject([{ title: "笔" }]);
    const { version: before } = (await findProductForDesk(it.shop, productId)) ?? {};
    expect(await removeCategory(it.shop, { categoryId: pens, by })).toEqual({ title: "笔", products: 1 });

    const after = await findProductForDesk(it.shop, productId);
    expect(after).toMatchObject({ categoryId: null, version: (before ?? 0) + 1 });
    expect(await refusalOf(edit(pens))).toBe("product_invalid");
    expect(await edit(null)).toEqual({ changed: false });
    const [entry] = await it.sql`SELECT before, after FROM audit_entries
      WHERE action = 'product.edit' AND subject_id = ${String(productId)} ORDER BY id DESC`;
    expect(entry).toEqual({ before: { category: "茶" }, after: { category: "笔" } });
  });
});

describe("searching", () => {
  test("finds parts of titles, variants on sale and categories, whatever their case, each word of it", async () => {
    await emptyShop();
    const tea = await category("茶与茶器 Tea");
    await product({ title: "明前龙井", variants: ["50 克", "125 克"], categoryId: tea });
    await product({ title: "青瓷茶碗 Celadon BOWL", variants: ["梅子青"] });
    await product({ title: "100% 棉_布" });
    await product({ title: "不卖的龙井", isOff: true });
    const withdrawn = await product({ title: "湖笔", variants: ["大楷", "停售款"] });
    await it.sql`UPDATE variants SET on_sale = false WHERE title = '停售款' AND product_id = ${withdrawn}`;

    expect(await found("龙井")).toEqual(["明前龙井"]);
    expect(await found("井")).toEqual(["明前龙井"]);
    expect(await found("bowl")).toEqual(["青瓷茶碗 Celadon BOWL"]);
    expect(await found("梅子青")).toEqual(["青瓷茶碗 Celadon BOWL"]);
    expect(await found("tea")).toEqual(["明前龙井"]);
    expect(await found("茶器　125")).toEqual(["明前龙井"]);
    expect(await found("龙井 棉")).toEqual([]);
    expect(await found("停售款")).toEqual([]);
    expect(await found("%")).toEqual(["100% 棉_布"]);
    expect(await found("_")).toEqual(["100% 棉_布"]);
    expect(await found("\\")).toEqual([]);
    expect(await found("茶", "tea")).toEqual(["明前龙井"]);
    expect(await found("棉", "tea")).toEqual([]);
    expect(await found(" \0\n\ud800 ")).toEqual([]); // What is left is one strange sign.
    expect(readSearch(" \0 ")).toBeNull();
    expect(readSearch("长".repeat(1000))).toHaveLength(60);
    expect(await found(Array.from({ length: 30 }, (_, n) => n).join(" "))).toEqual([]);
  });

  test("its pages are walked to the end, and a product's neighbours come from its category first", async () => {
    await emptyShop();
    const tea = await category("茶");
    for (let n = 0; n < 26; n++) await product({ title: `茶 ${n}`, categoryId: tea });
    for (let n = 0; n < 4; n++) await product({ title: `笔 ${n}` });
    const first = await ask(`q=${encodeURIComponent("茶")}`);
    const second = await ask(`q=${encodeURIComponent("茶")}&cursor=${first.body.nextCursor}`);
    expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([
      24,
      2,
      null,
    ]);
    const titlesBeside = async (title: string) => {
      const [one] = (await listProducts(it.shop, { search: title })).items;
      return one ? (await listRelated(it.shop, one)).map(({ title }) => title) : [];
    };
    expect(await titlesBeside("茶 25")).toEqual(["茶 24", "茶 23", "茶 22", "茶 21"]);
    expect(await titlesBeside("笔 3")).toEqual(["笔 2", "笔 1", "笔 0", "茶 25"]);
    await it.sql`UPDATE products SET category_id = NULL WHERE title NOT IN ('茶 25', '茶 1')`;
    expect(await titlesBeside("茶 25")).toEqual(["茶 1", "笔 3", "笔 2", "笔 1"]);
  });

  test("the API tells a product's category, and which there are; one that is not there is 404", async () => {
    await emptyShop();
    const tea = await category("Tea");
    await category("Empty");
    await product({ title: "龙井", categoryId: tea });

    const { body } = await ask("category=tea&q=");
    expect(body.items).toMatchObject([{ title: "龙井", category: { slug: "tea", title: "Tea" } }]);
    expect(await (await categoriesRoute(new Request("http://shop.test/api/categories"), {})).json()).toEqual({
      items: [{ slug: "tea", title: "Tea" }],
    });
    expect(await ask("category=empty")).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    for (const query of ["category=gone", "category=%00", "category=%27"])
      expect(await ask(query)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});
