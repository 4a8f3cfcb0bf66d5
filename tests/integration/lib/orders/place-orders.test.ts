import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/http/app-error";
import { openGuest } from "@/lib/members/open-guest";
import { parseOrderRequest } from "@/lib/orders/order-request";
import { type Placing, placeOrders } from "@/lib/orders/place-orders";
import { aPhone, aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterAll(() => it.close());

const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
const recipient = () => ({ ...aRecipient, phone: aPhone() });

let guests = 0;
const aBuyer = async () => (await openGuest(it.shop, `form ${++guests}`)).buyer;
const inCart = (of: { memberId: number; variantId: number; quantity: number }) =>
  it.sql`INSERT INTO cart_lines (member_id, variant_id, quantity, seen_fen)
    VALUES (${of.memberId}, ${of.variantId}, ${of.quantity}, 1)`;
const cartOf = async (memberId: number) => [
  ...(await it.sql`SELECT variant_id::int AS "variantId", quantity FROM cart_lines WHERE member_id = ${memberId}`),
];
const addressesOf = async (memberId: number) => [
  ...(await it.sql`SELECT id::int, city, used_at AS "usedAt" FROM addresses WHERE member_id = ${memberId} ORDER BY id`),
];
const ordersOf = async (memberId: number) => [
  ...(await it.sql`SELECT id::int, kind, total_fen::int AS "totalFen", placed_with AS "placedWith", recipient->>'city' AS city,
    status FROM orders WHERE member_id = ${memberId} ORDER BY id`),
];
const held = async (variantId: number) =>
  (await it.sql`SELECT allocated FROM variants WHERE id = ${variantId}`)[0]?.allocated;

/** One of each kind, and a checkout of both. */
async function aMixedCart(of: { onHand?: number } = {}) {
  const sent = await it.aProduct({ kind: "physical", priceFen: 3000, onHand: of.onHand });
  const online = await it.aProduct({ kind: "virtual", priceFen: 500, onHand: of.onHand });
  const items = [
    { sku: online.sku, quantity: 2 },
    { sku: sent.sku, quantity: 1 },
  ];
  return { sent, online, items };
}

const place = (of: Partial<Placing> & { items: { sku: string; quantity: number }[] }) => {
  const { items, ...rest } = of;
  const request = parseOrderRequest({ items, recipient: recipient(), ...rest.request });
  return placeOrders(it.shop, { buyer: null, idempotencyKey: null, mixed: "split", ...rest, request });
};

/** What it was refused with. Anything else is a bug and rises. */
async function refusalOf(doing: Promise<unknown>): Promise<AppError> {
  const outcome = await doing.catch((error: unknown) => error);
  if (outcome instanceof AppError) return outcome;
  throw outcome instanceof Error ? outcome : new Error("it was not refused");
}

describe("a cart with goods that are sent and goods that are delivered online", () => {
  test("becomes two orders that know of each other: each its freight and total, the sent one first", async () => {
    const buyer = await aBuyer();
    const { items, sent, online } = await aMixedCart();

    const { orderIds } = await place({ buyer, items });

    const [first, second] = await ordersOf(buyer.memberId);
    expect([first?.id, second?.id]).toEqual(orderIds);
    expect(first).toMatchObject({ kind: "physical", totalFen: 4000, city: "杭州市" });
    expect(second).toMatchObject({ kind: "virtual", totalFen: 1000, city: null });
    expect(first?.placedWith).not.toBeNull();
    expect(second?.placedWith).toBe(first?.placedWith);
    expect([await held(sent.variantId), await held(online.variantId)]).toEqual([1, 2]);
    const jobs =
      await it.sql`SELECT key FROM graphile_worker.jobs WHERE key = ANY(${orderIds.map((id) => `close_order:${id}`)})`;
    expect(jobs).toHaveLength(2);
  });

  test("goods of one kind are one order on its own", async () => {
    const buyer = await aBuyer();
    const { sku } = await it.aProduct();

    await place({ buyer, items: [{ sku, quantity: 1 }] });

    expect(await ordersOf(buyer.memberId)).toMatchObject([{ placedWith: null }]);
  });

  test("is taken whole or not at all", async () => {
    const buyer = await aBuyer();
    const { items, sent, online } = await aMixedCart();
    await it.sql`UPDATE variants SET on_hand = 1 WHERE id = ${online.variantId}`;
    for (const { variantId } of [sent, online]) await inCart({ ...buyer, variantId, quantity: 2 });

    const refusal = await refusalOf(place({ buyer, items, from: "cart", address: "keep" }));

    expect([refusal.code, refusal.facts]).toEqual(["out_of_stock", { sku: online.sku, available: 1 }]);
    expect(await ordersOf(buyer.memberId)).toEqual([]);
    expect(await held(sent.variantId)).toBe(0);
    expect(await cartOf(buyer.memberId)).toHaveLength(2);
    expect(await addressesOf(buyer.memberId)).toEqual([]);
  });

  test("the same form sent a hundred times at once makes each of the two orders once", async () => {
    const buyer = await aBuyer();
    const { items, sent, online } = await aMixedCart();
    for (const { variantId } of [sent, online]) await inCart({ ...buyer, variantId, quantity: 2 });
    const request = parseOrderRequest({ items, recipient: recipient(), expectedTotalFen: 5000 });
    const form = { buyer, request, idempotencyKey: "form:1", mixed: "split", from: "cart" } as const;

    const answers = await Promise.all(times(100, () => placeOrders(it.shop, { ...form, address: "keep" })));

    const made = await ordersOf(buyer.memberId);
    expect(made.map(({ kind }) => kind)).toEqual(["physical", "virtual"]);
    expect(new Set(answers.map(({ orderIds }) => orderIds.join()))).toEqual(
      new Set([made.map(({ id }) => id).join()]),
    );
    expect([await held(sent.variantId), await held(online.variantId)]).toEqual([1, 2]);
    expect(await cartOf(buyer.memberId)).toEqual([{ variantId: sent.variantId, quantity: 1 }]);
    expect(await addressesOf(buyer.memberId)).toHaveLength(1);
  });

  test("is taken whole while one more order may be unpaid, and each of its orders counts until it is paid", async () => {
    const buyer = await aBuyer();
    const to = recipient();
    const { items } = await aMixedCart();
    const again = () => place({ buyer, items, request: { items, recipient: to } });
    for (let n = 0; n < 3; n++) expect((await again()).orderIds).toHaveLength(2);

    const withSix = await refusalOf(again());
    const [first, second] = await ordersOf(buyer.memberId);
    const pay = (id: number) => it.sql`UPDATE orders SET status = 'paid', paid_at = now() WHERE id = ${id}`;
    await pay(Number(first?.id));
    const withFive = await refusalOf(again());
    await pay(Number(second?.id));

    expect([withSix.code, withFive.code]).toEqual(["too_many_unpaid", "too_many_unpaid"]);
    expect((await again()).orderIds).toHaveLength(2);
  });

  test("can be ordered where one order at a time may be unpaid", async () => {
    await it.sql`INSERT INTO settings (key, value) VALUES ('maxUnpaidOrders', '1')`;
    const buyer = await aBuyer();
    const { items } = await aMixedCart();

    const { orderIds } = await place({ buyer, items, request: { items, recipient: recipient() } });
    await it.sql`DELETE FROM settings`;

    expect(orderIds).toHaveLength(2);
  });
});

test("two carts that take the last pieces in opposite orders never wait in a circle, a hundred times", async () => {
  const before = await deadlocks();
  const buyers = [await aBuyer(), await aBuyer()];
  const [sent, online] = [
    await it.aProduct({ kind: "physical", onHand: 100 }),
    await it.aProduct({ onHand: 100 }),
  ];
  await it.sql`INSERT INTO settings (key, value) VALUES ('maxUnpaidOrders', '1000')`;
  const forwards = [sent, online].map(({ sku }) => ({ sku, quantity: 1 }));
  const orders = [forwards, [...forwards].reverse()];
  let taken = 0;
  let soldOut = 0;

  for (let round = 0; round < 100; round++) {
    await it.sql`UPDATE variants SET on_hand = allocated + 1 WHERE id IN (${sent.variantId}, ${online.variantId})`;
    const answers = await Promise.allSettled(orders.map((items, n) => place({ buyer: buyers[n], items })));
    taken += answers.filter(({ status }) => status === "fulfilled").length;
    for (const answer of answers)
      if (answer.status === "rejected" && answer.reason.code === "out_of_stock") soldOut++;
  }
  await it.sql`DELETE FROM settings`;

  expect(await deadlocks()).toBe(before);
  expect([taken, soldOut]).toEqual([100, 100]);
});

describe("what the buyer was shown", () => {
  test("another price by now is told with both totals, and nothing is taken", async () => {
    const buyer = await aBuyer();
    const { items, sent } = await aMixedCart();
    await it.sql`UPDATE variants SET price_fen = 3100 WHERE id = ${sent.variantId}`;

    const refusal = await refusalOf(
      place({ buyer, items, request: { items, recipient: recipient(), expectedTotalFen: 5000 } }),
    );

    expect([refusal.code, refusal.facts]).toEqual([
      "price_changed",
      { expectedTotalFen: 5000, totalFen: 5100 },
    ]);
    expect(await ordersOf(buyer.memberId)).toEqual([]);
  });

  test("that there are not so many is said before that they cost another amount, as where some were not counted", async () => {
    const buyer = await aBuyer();
    const { items, online } = await aMixedCart();
    await it.sql`UPDATE variants SET on_hand = 1 WHERE id = ${online.variantId}`;

    const refusal = await refusalOf(
      place({ buyer, items, request: { items, recipient: recipient(), expectedTotalFen: 4000 } }),
    );

    expect([refusal.code, refusal.facts]).toEqual(["out_of_stock", { sku: online.sku, available: 1 }]);
    expect(await held(online.variantId)).toBe(0);
  });

  test("a form whose answer was lost gives its orders, though the price has changed since", async () => {
    const buyer = await aBuyer();
    const { items, sent } = await aMixedCart();
    const request = parseOrderRequest({ items, recipient: recipient(), expectedTotalFen: 5000 });
    const send = () => place({ buyer, items, request, idempotencyKey: "form:lost" });
    const first = await send();
    await it.sql`UPDATE variants SET price_fen = 9900, on_hand = allocated WHERE id = ${sent.variantId}`;

    expect((await send()).orderIds).toEqual(first.orderIds);
    const other = refusalOf(
      place({ buyer, items, request: { ...request, note: "x" }, idempotencyKey: "form:lost" }),
    );
    expect((await other).code).toBe("idempotency_key_reused");
  });
});

describe("what leaves the cart", () => {
  test("what was bought; what was added since, and what was not chosen, stay", async () => {
    const buyer = await aBuyer();
    const [one, two, three] = [await it.aProduct(), await it.aProduct(), await it.aProduct()];
    for (const { variantId } of [one, two, three]) await inCart({ ...buyer, variantId, quantity: 3 });

    await place({
      buyer,
      from: "cart",
      items: [
        { sku: one.sku, quantity: 3 },
        { sku: two.sku, quantity: 1 },
      ],
    });

    expect(await cartOf(buyer.memberId)).toEqual(
      [
        { variantId: three.variantId, quantity: 3 },
        { variantId: two.variantId, quantity: 2 },
      ].sort((a, b) => a.variantId - b.variantId),
    );
  });

  test("what another tab has bought is not bought again", async () => {
    const buyer = await aBuyer();
    const { sku, variantId } = await it.aProduct();
    await inCart({ ...buyer, variantId, quantity: 1 });
    const items = [{ sku, quantity: 1 }];
    await place({ buyer, items, from: "cart", idempotencyKey: "form:tab-1" });

    const refusal = await refusalOf(place({ buyer, items, from: "cart", idempotencyKey: "form:tab-2" }));

    expect([refusal.code, refusal.facts]).toEqual(["cart_changed", { skus: [sku] }]);
    expect(await ordersOf(buyer.memberId)).toHaveLength(1);
  });

  test("what is in it no more is told again, whatever the buyer was shown without it", async () => {
    const buyer = await aBuyer();
    const [here, gone] = [await it.aProduct(), await it.aProduct()];
    await inCart({ ...buyer, variantId: here.variantId, quantity: 1 });
    const items = [here, gone].map(({ sku }) => ({ sku, quantity: 1 }));

    const refusal = await refusalOf(
      place({ buyer, items, from: "cart", request: { items, expectedTotalFen: 8800 } }),
    );

    expect([refusal.code, refusal.facts]).toEqual(["cart_changed", { skus: [gone.sku] }]);
  });

  test("what was taken out of it is not bought either", async () => {
    const buyer = await aBuyer();
    const { sku, variantId } = await it.aProduct();
    await inCart({ ...buyer, variantId, quantity: 1 });
    await it.sql`UPDATE cart_lines SET removed_at = now() WHERE variant_id = ${variantId}`;

    const refusal = await refusalOf(place({ buyer, items: [{ sku, quantity: 1 }], from: "cart" }));

    expect(refusal.code).toBe("cart_changed");
  });

  test("goods bought at once leave somebody's cart alone", async () => {
    const buyer = await aBuyer();
    const { sku, variantId } = await it.aProduct();
    await inCart({ ...buyer, variantId, quantity: 1 });

    await place({ buyer, items: [{ sku, quantity: 1 }] });

    expect(await cartOf(buyer.memberId)).toHaveLength(1);
  });
});

describe("the address book", () => {
  test("keeps a new recipient once, and remembers when a saved one was used", async () => {
    const buyer = await aBuyer();
    const { sku } = await it.aProduct({ kind: "physical" });
    const to = recipient();
    const buy = (address: Placing["address"], at = to) =>
      place({
        buyer,
        items: [{ sku, quantity: 1 }],
        request: { items: [{ sku, quantity: 1 }], recipient: at },
        address,
      });

    await buy("keep");
    await buy("keep");
    const [saved] = await addressesOf(buyer.memberId);
    it.clock.now = new Date(it.clock.now.getTime() + 60_000);
    await buy({ used: saved?.id });
    await buy(undefined, { ...to, city: "宁波市" });

    const [after, ...more] = await addressesOf(buyer.memberId);
    expect(more).toEqual([]);
    expect(new Date(after?.usedAt)).toEqual(it.clock.now);
  });

  test("that is full refuses no order", async () => {
    const buyer = await aBuyer();
    const { sku } = await it.aProduct({ kind: "physical" });
    await it.sql`INSERT INTO addresses (member_id, name, phone, province, city, district, address)
      SELECT ${buyer.memberId}, 'n', '13800138000', 'p', 'c', 'd', n::text FROM generate_series(1, 20) n`;

    await place({ buyer, items: [{ sku, quantity: 1 }], address: "keep" });

    expect(await addressesOf(buyer.memberId)).toHaveLength(20);
    expect(await ordersOf(buyer.memberId)).toHaveLength(1);
  });
});

async function deadlocks(): Promise<number> {
  await it.sql`SELECT pg_stat_force_next_flush()`;
  const [row] = await it.sql`SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  return Number(row?.deadlocks);
}
