import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseGoods } from "@/app/(shop)/checkout/choose-goods";
import { openGuest } from "@/lib/members/open-guest";
import { placeOrders } from "@/lib/orders/place-orders";
import { quoteOrders } from "@/lib/orders/quote-orders";
import { aPhone, aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const troublesOf = (quote: Awaited<ReturnType<typeof quoteOrders>>) =>
  quote.orders.flatMap(({ lines }) => lines.map(({ trouble }) => trouble));

test("what is quoted is what is then placed, order by order", async () => {
  const { buyer } = await openGuest(it.shop, "quoted");
  const [online, sent] = [
    await it.aProduct({ priceFen: 500 }),
    await it.aProduct({ kind: "physical", priceFen: 3000 }),
  ];
  const items = [
    { sku: online.sku, quantity: 2 },
    { sku: sent.sku, quantity: 3 },
  ];

  const quote = await quoteOrders(it.shop, { items, memberId: buyer.memberId });
  const request = { items, recipient: { ...aRecipient, phone: aPhone() }, expectedTotalFen: quote.totalFen };
  await placeOrders(it.shop, { buyer, request, idempotencyKey: null, mixed: "split" });

  expect(quote.orders.map(({ kind, amounts }) => [kind, amounts])).toEqual([
    ["physical", { goodsFen: 9000, freightFen: 1000, totalFen: 10_000 }],
    ["virtual", { goodsFen: 1000, freightFen: 0, totalFen: 1000 }],
  ]);
  const placed = await it.sql`SELECT kind, total_fen::int AS "totalFen" FROM orders ORDER BY id`;
  expect([...placed]).toEqual(
    quote.orders.map(({ kind, amounts }) => ({ kind, totalFen: amounts?.totalFen })),
  );
});

test("a line that cannot be had says why, and no amount counts it", async () => {
  const [gone, none, few, fine] = [
    await it.aProduct({ priceFen: 100 }),
    await it.aProduct({ priceFen: 200, onHand: 0 }),
    await it.aProduct({ priceFen: 400, onHand: 2 }),
    await it.aProduct({ priceFen: 800 }),
  ];
  const items = [gone, none, few, fine].map(({ sku }) => ({ sku, quantity: 3 }));

  const quote = await quoteOrders(it.shop, { items, memberId: null, gone: [gone.sku] });

  expect(troublesOf(quote)).toEqual(["gone", "soldOut", "fewer", null]);
  expect(quote.totalFen).toBe(2400);
});

test("what is off sale is named only to who has it in the cart", async () => {
  const { buyer } = await openGuest(it.shop, "chose it");
  const { sku, slug, variantId } = await it.aProduct();
  await it.sql`INSERT INTO cart_lines (member_id, variant_id, quantity, seen_fen) VALUES (${buyer.memberId}, ${variantId}, 1, 1)`;
  await it.sql`UPDATE products SET on_sale = false WHERE slug = ${slug}`;
  const items = [{ sku, quantity: 1 }];

  const [own, strangers] = [
    await quoteOrders(it.shop, { items, memberId: buyer.memberId }),
    await quoteOrders(it.shop, { items, memberId: null }),
  ];

  expect(troublesOf(own)).toEqual(["withdrawn"]);
  expect(own.orders[0]?.amounts).toBeNull();
  expect(strangers.orders).toEqual([]);
});

test("more lines than an order may have are chosen among first: no form is filled in for nothing", async () => {
  const { buyer } = await openGuest(it.shop, "many kinds");
  const goods = await Promise.all(Array.from({ length: 51 }, () => it.aProduct()));
  for (const { variantId } of goods)
    await it.sql`INSERT INTO cart_lines (member_id, variant_id, quantity, seen_fen) VALUES (${buyer.memberId}, ${variantId}, 1, 1)`;
  const choose = (many: number) =>
    chooseGoods(it.shop, {
      query: { from: "cart", sku: goods.slice(0, many).map(({ sku }) => sku) },
      memberId: buyer.memberId,
    });

  expect(await choose(50)).toMatchObject({ from: "cart" });
  expect(await choose(51)).toEqual({ instead: "/cart?way=tooMany" });
});
