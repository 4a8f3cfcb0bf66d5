import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { slugFrom } from "@/lib/catalog/choose-slug";
import { createProduct } from "@/lib/catalog/create-product";
import { editProduct } from "@/lib/catalog/edit-product";
import { findProduct } from "@/lib/catalog/find-product";
import { findLastEdit, findProductForDesk } from "@/lib/catalog/find-product-for-desk";
import { listProductsForDesk } from "@/lib/catalog/list-products-for-desk";
import type { WishedProduct } from "@/lib/catalog/product-fields";
import type { ProductFilter } from "@/lib/catalog/product-filter";
import { setOnSale } from "@/lib/catalog/set-on-sale";
import { addCodes } from "@/lib/deliveries/add-codes";
import { AppError } from "@/lib/http/app-error";
import { createOrder } from "@/lib/orders/create-order";
import type { Person } from "@/lib/staff/person";
import { aVariant, productFields } from "@/tests/support/a-product";
import { aPhone, aRecipient, aShop } from "@/tests/support/a-shop";
import { aPacker, refusalOf } from "@/tests/support/an-order-to-ship";
import { until } from "@/tests/support/started-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
});
afterAll(() => it.close());

const create = async (fields: Partial<WishedProduct> = {}) =>
  (await createProduct(it.shop, { fields: productFields(fields), by })).productId;
/** The product as its form would send it back. */
const read = async (productId: number) => {
  const product = await findProductForDesk(it.shop, productId);
  if (!product) throw new Error("no such product");
  const { title, slug, kind, categoryId, description, version } = product;
  const variants = product.variants.map(({ id, sku, title, priceFen, onSale }) => ({
    ...{ id, sku, title, priceFen, onSale, onHand: 0 },
  }));
  return { version, fields: { title, slug, kind, categoryId, description, variants } };
};
const edit = async (
  productId: number,
  change: (fields: Awaited<ReturnType<typeof read>>["fields"]) => Partial<WishedProduct>,
  more: { version?: number; slugConfirmed?: string; by?: Person } = {},
) => {
  const { version, fields } = await read(productId);
  return editProduct(it.shop, { productId, version, fields: { ...fields, ...change(fields) }, by, ...more });
};
const onSale = async (productId: number, onSale = true) => setOnSale(it.shop, { productId, onSale, by });
const order = (sku: string, quantity = 1) =>
  createOrder(it.shop, {
    buyer: null,
    request: { items: [{ sku, quantity }], recipient: { ...aRecipient, phone: aPhone() } },
    idempotencyKey: null,
  });
const problemsOf = async (deed: Promise<unknown>) => {
  const error: unknown = await deed.then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error("it was not refused", { cause: error });
  return [error.code, ...(error.facts.errors ?? []).map(({ path, code }) => `${path} ${code}`)];
};
const entriesOf = (productId: number) =>
  it.sql`SELECT action, before, after FROM audit_entries WHERE subject = 'product' AND subject_id = ${String(productId)}
    ORDER BY id`;

describe("a new product", () => {
  test("is off sale; each variant's stock begins its history; it is audited", async () => {
    const variants = [
      aVariant({ title: "50 克", sku: "T-50", onHand: 12 }),
      aVariant({ title: "125 克", onHand: 0 }),
    ];
    const productId = await create({ slug: "long-jing", variants, description: "一行\r\n两行 " });

    const product = await findProductForDesk(it.shop, productId);
    expect(product).toMatchObject({
      slug: "long-jing",
      onSale: false,
      version: 1,
      description: "一行\n两行",
    });
    expect(product?.variants.map(({ sku, onHand }) => [sku, onHand])).toEqual([
      ["T-50", 12],
      [variants[1]?.sku, 0],
    ]);
    const moves = await it.sql`SELECT m.delta, m.on_hand, m.reason, m.staff_id::int FROM stock_moves m
      JOIN variants v ON v.id = m.variant_id WHERE v.product_id = ${productId}`;
    expect(moves).toEqual([{ delta: 12, on_hand: 12, reason: "received", staff_id: by.staffId }]);
    const [entry] = await entriesOf(productId);
    expect(entry).toMatchObject({ action: "product.create", after: { slug: "long-jing", kind: "physical" } });
    expect(await findProduct(it.shop, "long-jing")).toBeNull();
    expect(await refusalOf(order("T-50"))).toBe("product_unavailable");
  });

  test("is given a slug and SKUs where none are typed, and again others when those are taken", async () => {
    const nameless = { slug: "", title: "iPhone 17 保护壳", variants: [aVariant({ sku: "" })] };
    const slugs = [];
    for (const fields of [nameless, nameless, { ...nameless, title: "青瓷" }]) {
      const { fields: made } = await read(await create(fields));
      slugs.push([made.slug, made.variants[0]?.sku]);
    }

    expect(slugs[0]).toEqual(["iphone-17", "IPHONE-17-1"]);
    expect(slugs[1]?.[0]).toMatch(/^iphone-17-[a-z2-9]{6}$/);
    expect(slugs[2]?.[0]).toMatch(/^p-[a-z2-9]{6}$/);
    expect(slugFrom("Café — №5 Crème!")).toBe("cafe-no5-creme");
    expect(slugFrom("96 页")).toBeNull();
  });

  test("tells each wrong field by its path", async () => {
    const wrong = [
      aVariant({ title: "大", sku: "has space", priceFen: 0 }),
      aVariant({ title: "大".repeat(31), priceFen: 1_000_000_001, onHand: -1 }),
    ];
    const fields = productFields({ title: " ", slug: "Über", kind: "ticket", variants: wrong });
    expect(await problemsOf(createProduct(it.shop, { fields, by }))).toEqual([
      "product_invalid",
      "title title",
      "slug slug",
      "kind kind",
      "variants.0.sku sku",
      "variants.0.priceFen priceFen",
      "variants.1.title title",
      "variants.1.priceFen priceFen",
      "variants.1.onHand onHand",
    ]);
    const alike = [
      aVariant({ sku: "A", title: "红" }),
      aVariant({ sku: "A", title: "红" }),
      aVariant({ title: "" }),
    ];
    expect(await problemsOf(create({ variants: alike }))).toEqual([
      "product_invalid",
      "variants.1.title titleTwice",
      "variants.1.sku skuTwice",
      "variants.2.title titleMissing",
    ]);
    expect(await problemsOf(create({ variants: [] }))).toEqual(["product_invalid", "variants variants"]);
    const known = await read(await create());
    expect(await problemsOf(create({ slug: known.fields.slug }))).toEqual(["slug_taken", "slug slugTaken"]);
    expect(await problemsOf(create({ variants: known.fields.variants }))).toEqual([
      "sku_taken",
      "variants.0.sku skuTaken",
    ]);
  });
});

describe("on sale and off", () => {
  test("it is in the catalogue and can be ordered; off sale neither, and the open order stays", async () => {
    const productId = await create();
    const { fields } = await read(productId);
    const sku = fields.variants[0]?.sku ?? "";

    expect([await onSale(productId), await onSale(productId)]).toEqual([true, false]);
    expect((await findProduct(it.shop, fields.slug))?.variants).toHaveLength(1);
    const { orderId } = await order(sku);
    await onSale(productId, false);

    expect(await findProduct(it.shop, fields.slug)).toBeNull();
    expect(await refusalOf(order(sku))).toBe("product_unavailable");
    expect(await it.sql`SELECT status FROM orders WHERE id = ${orderId}`).toEqual([{ status: "pending" }]);
    expect((await entriesOf(productId)).map(({ action }) => action)).toEqual([
      "product.create",
      "product.put_on_sale",
      "product.take_off_sale",
    ]);
  });

  test("a variant that is withdrawn is not shown and not sold; the last one cannot be", async () => {
    const productId = await create({ variants: [aVariant({ title: "大" }), aVariant({ title: "小" })] });
    await onSale(productId);
    const { fields } = await read(productId);
    const withdraw = (kept: string) => ({
      variants: fields.variants.map((variant) => ({ ...variant, onSale: variant.title === kept })),
    });

    await edit(productId, () => withdraw("大"));

    expect((await findProduct(it.shop, fields.slug))?.variants.map(({ title }) => title)).toEqual(["大"]);
    expect(await refusalOf(order(fields.variants[1]?.sku ?? ""))).toBe("product_unavailable");
    expect(await problemsOf(edit(productId, () => withdraw("")))).toEqual([
      "product_invalid",
      "variants noneOnSale",
    ]);
    await onSale(productId, false);
    await edit(productId, () => withdraw(""));
    expect(await problemsOf(onSale(productId))).toEqual(["product_invalid", "variants noneOnSale"]);
  });
});

describe("editing", () => {
  test("leaves the lines of orders as they were", async () => {
    const productId = await create({ variants: [aVariant({ title: "大", priceFen: 1000 })] });
    await onSale(productId);
    const { fields } = await read(productId);
    const { orderId } = await order(fields.variants[0]?.sku ?? "");

    await edit(productId, (now) => ({
      title: "新名字",
      variants: now.variants.map((variant) => ({ ...variant, title: "特大", sku: "XL-1", priceFen: 2000 })),
    }));

    const [line] =
      await it.sql`SELECT sku, title, price_fen::int FROM order_lines WHERE order_id = ${orderId}`;
    expect(line).toEqual({ sku: fields.variants[0]?.sku, title: "明前龙井 大", price_fen: 1000 });
    expect((await entriesOf(productId)).at(-1)).toMatchObject({
      action: "product.edit",
      before: { title: "明前龙井", variants: [{ priceFen: 1000, title: "大" }] },
      after: { title: "新名字", variants: [{ priceFen: 2000, title: "特大", sku: "XL-1" }] },
    });
    expect(await findLastEdit(it.shop, productId)).toMatchObject({ byName: expect.any(String) });
  });

  test("variants are added, swap their SKUs, change places and go, unless orders hang on them", async () => {
    const productId = await create({
      variants: ["一", "二", "三"].map((title) => aVariant({ title, sku: `S-${title}` })),
    });
    await onSale(productId);
    await order("S-三");

    await edit(productId, ({ variants: [one = aVariant(), two = aVariant(), three = aVariant()] }) => ({
      variants: [
        { ...three },
        { ...two, sku: "S-一" },
        { ...one, sku: "S-二" },
        aVariant({ title: "四", sku: "S-四" }),
      ],
    }));
    expect((await read(productId)).fields.variants.map(({ title, sku }) => `${title} ${sku}`)).toEqual([
      "三 S-三",
      "二 S-一",
      "一 S-二",
      "四 S-四",
    ]);
    expect(await problemsOf(edit(productId, ({ variants }) => ({ variants: variants.slice(1) })))).toEqual([
      "variant_in_use",
      "variants variantInUse",
    ]);
    await edit(productId, ({ variants }) => ({ variants: variants.slice(0, 2) }));

    const { fields, version } = await read(productId);
    expect([version, fields.variants.map(({ sku }) => sku)]).toEqual([3, ["S-三", "S-一"]]);
    expect(
      (await it.sql`SELECT 1 FROM stock_moves WHERE variant_id NOT IN (SELECT id FROM variants)`).length,
    ).toBe(0);
  });

  test("what others rely on is fixed: the kind once it is ordered, a shared slug unless it is said twice", async () => {
    const productId = await create();
    await edit(productId, () => ({ kind: "virtual", slug: "not-shared-yet" }));
    await edit(productId, () => ({ kind: "physical" }));
    await onSale(productId);
    await order((await read(productId)).fields.variants[0]?.sku ?? "");

    expect(await problemsOf(edit(productId, () => ({ kind: "virtual", slug: "another" })))).toEqual([
      "product_invalid",
      "kind kindFixed",
      "slug slugShared",
    ]);
    await edit(productId, () => ({ slug: "another" }), { slugConfirmed: "another" });
    expect((await findProduct(it.shop, "another"))?.kind).toBe("physical");
  });

  test("stored codes hang on their own variant, and are counted there", async () => {
    const productId = await create({
      kind: "virtual",
      variants: [aVariant({ title: "一" }), aVariant({ title: "二", sku: "WITH-CODES" })],
    });
    await addCodes(it.shop, { sku: "WITH-CODES", text: "K-1\nK-2", by });

    const product = await findProductForDesk(it.shop, productId);
    expect(product?.variants.map(({ isUsed }) => isUsed)).toEqual([false, true]);
    const [listed] = (await listProductsForDesk(it.shop, { state: null, kind: null, search: "WITH-CODES" }))
      .products;
    expect(listed?.variants.map(({ deliveredAs, codesLeft }) => [deliveredAs, codesLeft])).toEqual([
      [null, 0],
      ["codes", 2],
    ]);
    expect(await problemsOf(edit(productId, ({ variants }) => ({ variants: variants.slice(0, 1) })))).toEqual(
      ["variant_in_use", "variants variantInUse"],
    );
  });

  test("nothing changed is nothing written; a variant of another product is no field of this one", async () => {
    const [productId, other] = [await create(), await create()];
    const entries = await entriesOf(productId);

    expect(await edit(productId, () => ({}))).toEqual({ changed: false });
    expect(await entriesOf(productId)).toEqual(entries);
    expect((await read(productId)).version).toBe(1);
    const foreign = (await read(other)).fields.variants;
    expect(await refusalOf(edit(productId, () => ({ variants: foreign })))).toMatch(/malformed|sku_taken/);
  });
});

describe("two people at once", () => {
  test("of two who edit the same version one wins, a hundred times; the other reads and saves over it", async () => {
    const productId = await create();
    const other = await aPacker(it, "second@shop.test");

    for (let round = 1; round <= 100; round++) {
      const outcomes = await Promise.all([
        refusalOf(edit(productId, () => ({ title: `甲 ${round}` }), { version: round })),
        refusalOf(edit(productId, () => ({ description: `乙 ${round}` }), { version: round, by: other })),
      ]);

      expect(outcomes.toSorted()).toEqual(["done", "product_changed"]);
      expect((await read(productId)).version).toBe(round + 1);
    }
    expect(await entriesOf(productId)).toHaveLength(101);
    expect(await edit(productId, () => ({ title: "甲", description: "乙" }))).toEqual({ changed: true });
  });

  test("a form that changes several variants waits in no circle with an order that gives them back", async () => {
    const productId = await create({ variants: ["一", "二", "三"].map((title) => aVariant({ title })) });
    const [one, two, three] = (await read(productId)).fields.variants;
    let edited: Promise<unknown> = Promise.resolve();

    await it.sql.begin(async (tx) => {
      await tx`SELECT FROM variants WHERE id = ${one?.id ?? 0} FOR NO KEY UPDATE`;
      edited = edit(productId, ({ variants }) => ({
        variants: variants
          .slice(0, 2)
          .map((row, at) => (at === 0 ? { ...row, priceFen: 4321 } : { ...row, sku: `R-${row.sku}` })),
      }));
      const isWaiting = async () => (await it.sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0;
      await until("somebody waits for the first one", isWaiting, 10_000);
      for (const other of [two, three])
        await tx`UPDATE variants SET allocated = allocated WHERE id = ${other?.id ?? 0}`;
    });

    await edited;
    expect((await read(productId)).fields.variants.map(({ priceFen }) => priceFen)).toContain(4321);
  });

  test("a price is changed while orders of it are being placed, however many: none of them is waited for", async () => {
    const productId = await create();
    const [variant] = (await read(productId)).fields.variants;

    await it.sql.begin(async (tx) => {
      await tx`SELECT FROM variants WHERE id = ${variant?.id ?? 0} FOR KEY SHARE`; // As an order does, and its lines.
      const isWaiting = async () => (await it.sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0;
      const outcome = await Promise.race([
        edit(productId, ({ variants }) => ({ variants: variants.map((row) => ({ ...row, priceFen: 777 })) })),
        until("the form waits for the order", isWaiting, 10_000).then(() => "waits"),
      ]);
      expect(outcome).toEqual({ changed: true });
    });

    expect((await read(productId)).fields.variants).toMatchObject([{ priceFen: 777 }]);
  });

  test("a variant that was ordered is not deleted, and that is said at once, however many are ordering it", async () => {
    const productId = await create({ variants: [aVariant({ title: "一" }), aVariant({ title: "二" })] });
    await onSale(productId);
    const [, second] = (await read(productId)).fields.variants;
    await order(second?.sku ?? "");

    await it.sql.begin(async (tx) => {
      await tx`SELECT FROM variants WHERE id = ${second?.id ?? 0} FOR KEY SHARE`;
      const isWaiting = async () => (await it.sql`SELECT FROM pg_locks WHERE NOT granted`).length > 0;
      const outcome = await Promise.race([
        refusalOf(edit(productId, ({ variants }) => ({ variants: variants.slice(0, 1) }))),
        until("the form waits for the orders", isWaiting, 10_000).then(() => "waits"),
      ]);
      expect(outcome).toBe("variant_in_use");
    });
  });

  test("a variant is deleted while somebody orders it: either the order stands and so does it, or neither", async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 30; round++) {
      const productId = await create({ variants: [aVariant({ title: "一" }), aVariant({ title: "二" })] });
      await onSale(productId);
      const { fields } = await read(productId);
      const remove = () => refusalOf(edit(productId, ({ variants }) => ({ variants: variants.slice(0, 1) })));
      const buy = () => refusalOf(order(fields.variants[1]?.sku ?? ""));

      // Each is first for certain once; then they race.
      const removed = round === 0 ? Promise.resolve(await remove()) : null;
      const bought = round === 1 ? Promise.resolve(await buy()) : null;
      const [deleted, ordered] = await Promise.all([removed ?? remove(), bought ?? buy()]);

      expect(["variant_in_use, done", "done, product_unavailable"]).toContain(`${deleted}, ${ordered}`);
      ends.add(deleted);
    }
    expect(ends.size).toBe(2);
  });
});

test("the list: filters, a part of any name, pages on both sides", async () => {
  await it.sql`TRUNCATE products CASCADE`;
  const ids = [];
  for (let n = 0; n < 27; n++)
    ids.push(
      await create({
        title: `商品 ${n}`,
        kind: n % 2 ? "virtual" : "physical",
        variants: [aVariant({ onHand: n })],
      }),
    );
  for (const id of ids.slice(0, 20)) await onSale(id);
  const list = (of: Partial<ProductFilter> & { before?: number; after?: number }) =>
    listProductsForDesk(it.shop, { state: null, kind: null, search: null, ...of });
  const titles = async (of: Partial<ProductFilter>) => (await list(of)).products.map(({ title }) => title);

  expect(await titles({ state: "soldOut" })).toEqual(["商品 0"]);
  expect(await titles({ state: "low", kind: "virtual" })).toEqual([9, 7, 5, 3, 1].map((n) => `商品 ${n}`));
  expect(await titles({ state: "offSale", kind: "physical" })).toEqual(
    [26, 24, 22, 20].map((n) => `商品 ${n}`),
  );
  const [eleventh] = (await list({ search: "商品 11" })).products;
  expect(await titles({ search: eleventh?.variants[0]?.sku.toLowerCase() ?? "" })).toEqual(["商品 11"]);
  expect(await titles({ search: "100%" })).toEqual([]);
  const first = await list({});
  const second = await list({ before: first.older ?? 0 });
  expect([first.products.length, first.newer, second.products.length, second.older]).toEqual([
    25,
    null,
    2,
    null,
  ]);
  expect((await list({ after: second.newer ?? 0 })).products).toEqual(first.products);
});
