import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/orders/quote/route";
import { QuoteAnswer } from "@/lib/openapi/schemas";
import { aCaller } from "@/tests/support/a-caller";
import { aPhone, aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const ask = (body: unknown, by = aCaller()) =>
  by.call((request) => POST(request, {}), { path: "/api/orders/quote", body });
/** Strict, so that a field which the document does not name is a failure too. */
const quote = async (items: { sku: string; quantity: number }[]) => {
  const { status, body } = await ask({ items });
  expect(status).toBe(200);
  return QuoteAnswer.strict().parse(body);
};
const recipient = () => ({ ...aRecipient, phone: aPhone() });

describe("what is quoted", () => {
  test("is what each order then costs, freight included", async () => {
    const [sent, online] = [
      await it.aProduct({ kind: "physical", priceFen: 3000 }),
      await it.aProduct({ priceFen: 500 }),
    ];

    const { orders, totalFen } = await quote([
      { sku: online.sku, quantity: 2 },
      { sku: sent.sku, quantity: 1 },
      { sku: sent.sku, quantity: 2 },
    ]);

    expect(orders).toMatchObject([
      { kind: "physical", goodsFen: 9000, freightFen: 1000, totalFen: 10_000 },
      { kind: "virtual", goodsFen: 1000, freightFen: 0, totalFen: 1000 },
    ]);
    expect(totalFen).toBe(11_000);
    for (const { lines, ...amounts } of orders) {
      const items = lines.map(({ sku, quantity }) => ({ sku, quantity }));
      const placed = await aCaller().order({
        items,
        recipient: recipient(),
        expectedTotalFen: amounts.totalFen,
      });
      expect(placed).toMatchObject({ status: 201, body: amounts });
    }
  });

  test("names what stands in the way line by line, and counts the rest", async () => {
    const few = await it.aProduct({ priceFen: 100, onHand: 2 });
    const none = await it.aProduct({ priceFen: 200, onHand: 0 });
    const [hidden, fine] = [await it.aProduct(), await it.aProduct({ priceFen: 400 })];
    await it.sql`UPDATE products SET on_sale = false WHERE slug = ${hidden.slug}`;
    const skus = [few.sku, none.sku, hidden.sku, "never-there", "never-there", fine.sku];

    const answer = await quote(skus.map((sku) => ({ sku, quantity: 3 })));

    expect(answer.orders.flatMap(({ lines }) => lines)).toMatchObject([
      { sku: few.sku, available: 2, trouble: "out_of_stock" },
      { sku: none.sku, available: 0, trouble: "out_of_stock" },
      { sku: fine.sku, priceFen: 400, trouble: null },
    ]);
    expect(answer.unavailable).toEqual([hidden.sku, "never-there"]);
    expect(answer.totalFen).toBe(1200);
  });

  test("of nothing that can be had is nothing to pay, freight neither", async () => {
    const { sku } = await it.aProduct({ kind: "physical", onHand: 1 });

    const { orders, totalFen } = await quote([{ sku, quantity: 2 }]);

    expect(orders).toMatchObject([{ goodsFen: 0, freightFen: 0, totalFen: 0 }]);
    expect(totalFen).toBe(0);
  });
});

test("asking holds nothing, keeps nothing and makes nobody a guest", async () => {
  const { sku } = await it.aProduct({ kind: "physical" });
  const rows = async () => {
    const [counted] = await it.sql`
      SELECT (SELECT count(*) FROM members) AS members, (SELECT count(*) FROM orders) AS orders,
        (SELECT sum(allocated) FROM variants) AS allocated`;
    return counted;
  };
  const before = await rows();
  const caller = aCaller();

  await ask({ items: [{ sku, quantity: 1 }], recipient: recipient() }, caller);

  expect(await rows()).toEqual(before);
  expect(caller.cookie).toBe("");
});

test("nobody needs to be known, and a token that has run out is no hindrance", async () => {
  const { sku } = await it.aProduct();
  const late = aCaller({ headers: { authorization: `Bearer ${"x".repeat(43)}` } });

  expect((await ask({ items: [{ sku, quantity: 1 }] }, late)).status).toBe(200);
});

test("only the goods are looked at: an address that is wrong as yet does not hide what they cost", async () => {
  const { sku } = await it.aProduct({ kind: "physical", priceFen: 100 });

  const { body } = await ask({ items: [{ sku, quantity: 1 }], recipient: { phone: "12" }, totalFen: 1 });

  expect(body).toMatchObject({ totalFen: 1100 });
});

test.each([
  null,
  [],
  "{",
  {},
  { items: [] },
  { items: "TEA" },
  { items: [{ sku: "TEA", quantity: 0 }] },
  { items: [{ sku: "TEA", quantity: 1.5 }] },
  { items: [{ sku: "TEA", quantity: "1" }] },
  { items: [{ sku: "TEA", quantity: 10_000 }] },
  { items: [{ sku: "a\u0000b", quantity: 1 }] },
  { items: Array.from({ length: 51 }, (_, n) => ({ sku: `TEA-${n}`, quantity: 1 })) },
])("%j is malformed", async (body) => {
  expect(await ask(body)).toMatchObject({ status: 400, body: { code: "malformed" } });
});

test("one address may ask three hundred times a minute, and its orders are counted apart", async () => {
  const { sku } = await it.aProduct();
  const items = [{ sku, quantity: 1 }];
  const busy = aCaller({ address: "203.0.113.9" });
  await it.sql`INSERT INTO rate_limits (key, points, expire)
    VALUES ('quotes:203.0.113.9', 300, ${Date.now() + 60_000})`;

  expect(await ask({ items }, busy)).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
  expect((await ask({ items }, aCaller({ address: "203.0.113.10" }))).status).toBe(200);
  expect((await busy.order({ items })).status).toBe(201);
});
