import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { GET as list } from "@/app/api/orders/route";
import { findOrder } from "@/lib/orders/find-order";
import { aCaller } from "@/tests/support/a-caller";
import { aPayment, aPhone, aRecipient, aShop, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const recipient = () => ({ ...aRecipient, phone: aPhone() });
const setting = (key: string, value: unknown) =>
  it.sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::text::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

describe("what an order is", () => {
  test("price, title and total come from the database, whatever the caller says", async () => {
    const { sku } = await it.aProduct({ priceFen: 1234 });

    const { status, body } = await aCaller().order({
      items: [{ sku, quantity: 3, priceFen: 1, title: "free" }],
      totalFen: 1,
      status: "paid",
    });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: "pending",
      closedReason: null,
      kind: "virtual",
      goodsFen: 3702,
      freightFen: 0,
      totalFen: 3702,
      paidFen: 0,
      refundedFen: 0,
      paidAt: null,
      lines: [{ sku, quantity: 3, priceFen: 1234 }],
      payments: [],
      deliveries: [],
      refunds: [],
    });
    expect(body.orderNo).toMatch(/^\d{20}$/);
    expect(Date.parse(String(body.expiresAt)) - Date.parse(String(body.createdAt))).toBe(30 * 60_000);
  });

  test("a line keeps the price it was ordered at", async () => {
    const { sku, slug } = await it.aProduct({ priceFen: 1000 });
    const caller = aCaller();
    const { body } = await caller.order({ items: [{ sku, quantity: 1 }] });
    await it.sql`UPDATE variants SET price_fen = 9 WHERE sku = ${sku}`;
    await it.sql`UPDATE products SET title = 'renamed' WHERE slug = ${slug}`;

    const again = await caller.read(String(body.orderNo));

    expect(again.body).toEqual(body);
  });

  test("the same sku in two lines is one line", async () => {
    const { sku, variantId } = await it.aProduct({ priceFen: 100 });

    const { body } = await aCaller().order({
      items: [
        { sku, quantity: 2 },
        { sku, quantity: 5 },
      ],
    });

    expect(body.lines).toMatchObject([{ sku, quantity: 7 }]);
    const [variant] = await it.sql`SELECT allocated FROM variants WHERE id = ${variantId}`;
    expect(variant?.allocated).toBe(7);
  });

  test.each([
    { what: "below the free limit", priceFen: 9899, freightFen: 1000 },
    { what: "at the free limit", priceFen: 9900, freightFen: 0 },
    { what: "above the free limit", priceFen: 9901, freightFen: 0 },
  ])("freight of goods $what is $freightFen fen", async ({ priceFen, freightFen }) => {
    const { sku } = await it.aProduct({ kind: "physical", priceFen });

    const { body } = await aCaller().order({ items: [{ sku, quantity: 1 }], recipient: recipient() });

    expect(body).toMatchObject({ goodsFen: priceFen, freightFen, totalFen: priceFen + freightFen });
  });

  test("freight follows its settings; 0 sends everything free", async () => {
    const { sku } = await it.aProduct({ kind: "physical", priceFen: 1 });
    const order = async () =>
      (await aCaller().order({ items: [{ sku, quantity: 1 }], recipient: recipient() })).body;
    await setting("freightFlatFen", 77);
    const dear = await order();
    await setting("freightFreeFromFen", 0);

    const free = await order();
    await it.sql`DELETE FROM settings`;

    expect(dear.freightFen).toBe(77);
    expect(free.freightFen).toBe(0);
  });

  test("what is delivered online needs no recipient and keeps none that is sent along", async () => {
    const { sku } = await it.aProduct({ kind: "virtual" });

    const { body } = await aCaller().order({ items: [{ sku, quantity: 1 }], recipient: recipient() });

    expect(body).toMatchObject({ recipient: null, freightFen: 0 });
  });

  test("its life follows the setting", async () => {
    const { sku } = await it.aProduct();
    await setting("orderExpiresMinutes", 7);

    const { body } = await aCaller().order({ items: [{ sku, quantity: 1 }] });
    await it.sql`DELETE FROM settings`;

    expect(Date.parse(String(body.expiresAt)) - Date.parse(String(body.createdAt))).toBe(7 * 60_000);
  });

  test("order numbers sort by time", async () => {
    const { sku } = await it.aProduct();
    const numbers: string[] = [];
    for (let n = 0; n < 5; n++) {
      it.clock.now = new Date(it.clock.now.getTime() + 1000);
      numbers.push(String((await aCaller().order({ items: [{ sku, quantity: 1 }] })).body.orderNo));
    }

    expect([...numbers].sort()).toEqual(numbers);
  });
});

test("a number that another order of the same second has drawn is drawn again", async () => {
  const { sku } = await it.aProduct();
  await aCaller().order({ items: [{ sku, quantity: 1 }] });
  await it.sql`CREATE TABLE unlucky AS SELECT max(order_no) AS taken FROM orders`;
  await it.sql.unsafe(`
    CREATE FUNCTION draw_a_taken_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.order_no := coalesce((SELECT taken FROM unlucky), NEW.order_no); DELETE FROM unlucky; RETURN NEW; END $$;
    CREATE TRIGGER unlucky BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION draw_a_taken_number()`);

  const { status } = await aCaller().order({ items: [{ sku, quantity: 1 }] });
  const drawn = await it.sql`SELECT taken FROM unlucky`;
  await it.sql.unsafe(
    "DROP TRIGGER unlucky ON orders; DROP FUNCTION draw_a_taken_number; DROP TABLE unlucky",
  );

  expect(drawn).toHaveLength(0);
  expect(status).toBe(201);
});

describe("what is refused", () => {
  test.each([
    ["nothing", undefined],
    ["no JSON", "{"],
    ["a list", []],
    ["no items", {}],
    ["an empty cart", { items: [] }],
    ["51 lines", { items: Array.from({ length: 51 }, (_, n) => ({ sku: `S${n}`, quantity: 1 })) }],
    ["quantity 0", { items: [{ sku: "S", quantity: 0 }] }],
    ["quantity -1", { items: [{ sku: "S", quantity: -1 }] }],
    ["quantity 1.5", { items: [{ sku: "S", quantity: 1.5 }] }],
    ["quantity 10000", { items: [{ sku: "S", quantity: 10_000 }] }],
    ["quantity as text", { items: [{ sku: "S", quantity: "1" }] }],
    ["no sku", { items: [{ quantity: 1 }] }],
    ["a note of 501 characters", { items: [{ sku: "S", quantity: 1 }], note: "x".repeat(501) }],
    ["an expected total of nothing", { items: [{ sku: "S", quantity: 1 }], expectedTotalFen: 0 }],
    ["a recipient that is a list", { items: [{ sku: "S", quantity: 1 }], recipient: [] }],
  ])("%s is malformed", async (_what, body) => {
    const answer = await aCaller().order(body);

    expect([answer.status, answer.body.code]).toEqual([400, "malformed"]);
    expect(answer.headers.get("content-type")).toMatch("application/problem+json");
  });

  test("a body over 64 KB is 413", async () => {
    const answer = await aCaller().order(JSON.stringify({ items: [], note: "x".repeat(64 * 1024) }));

    expect([answer.status, answer.body.code]).toEqual([413, "body_too_large"]);
  });

  test("an unknown sku and one that is off sale are named", async () => {
    const { sku, slug } = await it.aProduct();
    await it.sql`UPDATE products SET on_sale = false WHERE slug = ${slug}`;

    const answer = await aCaller().order({
      items: [
        { sku, quantity: 1 },
        { sku: "NO-SUCH", quantity: 1 },
      ],
    });

    expect([answer.status, answer.body.code]).toEqual([422, "product_unavailable"]);
    expect(answer.body.skus).toEqual([sku, "NO-SUCH"]);
  });

  test("goods that are sent and goods that are delivered online do not go together", async () => {
    const [sent, online] = [await it.aProduct({ kind: "physical" }), await it.aProduct({ kind: "virtual" })];

    const answer = await aCaller().order({
      items: [
        { sku: sent.sku, quantity: 1 },
        { sku: online.sku, quantity: 1 },
      ],
      recipient: recipient(),
    });

    expect([answer.status, answer.body.code]).toEqual([422, "mixed_kinds"]);
  });

  test.each([
    ["less", 999],
    ["more", 1001],
  ])("a buyer who was shown %s than it costs by now is told both totals", async (_what, expectedTotalFen) => {
    const { sku, variantId } = await it.aProduct({ priceFen: 1000 });

    const answer = await aCaller().order({ items: [{ sku, quantity: 1 }], expectedTotalFen });

    expect([answer.status, answer.body.code]).toEqual([409, "price_changed"]);
    expect(answer.body).toMatchObject({ expectedTotalFen, totalFen: 1000 });
    expect((await it.sql`SELECT allocated FROM variants WHERE id = ${variantId}`)[0]?.allocated).toBe(0);
    const items = [{ sku, quantity: 1 }];
    expect((await aCaller().order({ items, expectedTotalFen: 1000 })).status).toBe(201);
  });

  test("a total above what one payment can be is refused", async () => {
    const { sku } = await it.aProduct({ priceFen: 500_000_001, onHand: 5 });

    const answer = await aCaller().order({ items: [{ sku, quantity: 2 }] });

    expect([answer.status, answer.body.code]).toEqual([422, "total_too_large"]);
  });

  test("goods that are sent need a recipient", async () => {
    const { sku } = await it.aProduct({ kind: "physical" });

    const answer = await aCaller().order({ items: [{ sku, quantity: 1 }] });

    expect([answer.status, answer.body.code]).toEqual([422, "recipient_required"]);
  });

  test.each([
    ["name", " "],
    ["name", "x".repeat(51)],
    ["phone", "23800138000"],
    ["phone", "1380013800"],
    ["phone", "138001380000"],
    ["phone", "12800138000"],
    ["province", "浙"],
    ["province", undefined],
    ["city", ""],
    ["district", null],
    ["district", ""],
    ["district", "x".repeat(31)],
    ["address", "  "],
    ["address", "x".repeat(201)],
    ["address", 7],
  ])(
    "a recipient whose %s is %j is refused beside that field, in the caller's language",
    async (name, value) => {
      const { sku } = await it.aProduct({ kind: "physical" });
      const headers = { "accept-language": "en" };

      const answer = await aCaller().order(
        { items: [{ sku, quantity: 1 }], recipient: { ...recipient(), [name]: value } },
        headers,
      );

      expect([answer.status, answer.body.code]).toEqual([422, "recipient_invalid"]);
      expect(answer.body.errors).toMatchObject([{ path: `recipient.${name}`, code: name }]);
      expect(answer.headers.get("content-language")).toBe("en");
    },
  );

  test("refusals leave nothing behind: no order, no member, no allocation", async () => {
    const { sku, variantId } = await it.aProduct({ onHand: 1 });
    const count = async () =>
      (
        await it.sql`SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM members) AS members,
        (SELECT count(*) FROM graphile_worker.jobs) AS jobs, (SELECT allocated FROM variants WHERE id = ${variantId}) AS held`
      )[0];
    const before = await count();

    const answer = await aCaller().order({ items: [{ sku, quantity: 2 }] });

    expect([answer.status, answer.body.code, answer.body.available]).toEqual([409, "out_of_stock", 1]);
    expect(await count()).toEqual(before);
  });
});

describe("Idempotency-Key", () => {
  const key = { "idempotency-key": "checkout-1" };

  test("the same request again is the same order, and holds the stock once", async () => {
    const { sku, variantId } = await it.aProduct();
    const caller = aCaller();
    await caller.order({ items: [{ sku, quantity: 1 }] }); // Makes the caller a guest.

    const first = await caller.order({ items: [{ sku, quantity: 2 }] }, key);
    const second = await caller.order({ items: [{ sku, quantity: 2 }] }, key);

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    const [variant] = await it.sql`SELECT allocated FROM variants WHERE id = ${variantId}`;
    expect(variant?.allocated).toBe(3);
  });

  test("a stranger's first request may be repeated with the cookie it brought", async () => {
    const { sku } = await it.aProduct();
    const caller = aCaller();

    const first = await caller.order({ items: [{ sku, quantity: 2 }] }, key);
    const second = await caller.order({ items: [{ sku, quantity: 2 }] }, key);

    expect(second.body.orderNo).toBe(first.body.orderNo);
  });

  test("ten at once make one order", async () => {
    const { sku, variantId } = await it.aProduct();
    const caller = aCaller();
    await caller.order({ items: [{ sku, quantity: 1 }] });

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => caller.order({ items: [{ sku, quantity: 1 }] }, key)),
    );

    expect(new Set(answers.map(({ body }) => body.orderNo)).size).toBe(1);
    const [variant] = await it.sql`SELECT allocated FROM variants WHERE id = ${variantId}`;
    expect(variant?.allocated).toBe(2);
  });

  test("another body under the same key is 422", async () => {
    const { sku } = await it.aProduct();
    const caller = aCaller();
    await caller.order({ items: [{ sku, quantity: 1 }] }, key);

    const answer = await caller.order({ items: [{ sku, quantity: 2 }] }, key);

    expect([answer.status, answer.body.code]).toEqual([422, "idempotency_key_reused"]);
  });

  test("another buyer's same key is another order", async () => {
    const { sku } = await it.aProduct();
    const body = { items: [{ sku, quantity: 1 }] };

    const [mine, yours] = [await aCaller().order(body, key), await aCaller().order(body, key)];

    expect(mine.body.orderNo).not.toBe(yours.body.orderNo);
  });

  test("after 24 hours the key is free again", async () => {
    const { sku } = await it.aProduct();
    const caller = aCaller();
    const body = { items: [{ sku, quantity: 1 }] };
    const first = await caller.order(body, key);
    it.clock.now = new Date(it.clock.now.getTime() + 24 * 3_600_000 - 1000);
    const within = await caller.order(body, key);
    it.clock.now = new Date(it.clock.now.getTime() + 2000);

    const after = await caller.order({ items: [{ sku, quantity: 2 }] }, key);

    expect(within.body.orderNo).toBe(first.body.orderNo);
    expect(after.status).toBe(201);
    expect(after.body.orderNo).not.toBe(first.body.orderNo);
  });

  test("a refused request does not use the key up", async () => {
    const { sku } = await it.aProduct({ onHand: 1 });
    const caller = aCaller();
    const other = await it.aProduct();
    await caller.order({ items: [{ sku: other.sku, quantity: 1 }] });
    await caller.order({ items: [{ sku, quantity: 5 }] }, key);

    expect((await caller.order({ items: [{ sku, quantity: 1 }] }, key)).status).toBe(201);
  });

  test.each(["", " ", "x".repeat(201), "键"].map((value) => [value]))(
    "the key %j is malformed",
    async (value) => {
      const { sku } = await it.aProduct();
      const headers = { "idempotency-key": Buffer.from(value).toString("latin1") };

      const answer = await aCaller().order({ items: [{ sku, quantity: 1 }] }, headers);

      expect([answer.status, answer.body.code]).toEqual([400, "malformed"]);
    },
  );
});

describe("what its buyer sees of the money", () => {
  test("what settled it is paid; what came on top is marked surplus; what is disputed is neither", async () => {
    const order = await it.payableOrder();
    const { wechat } = it.shop.environment;
    const second = await aPayment(it.shop, order);
    const third = await aPayment(it.shop, order);
    await notify(post(paymentNotification(wechat, { ...order, outTradeNo: third, totalFen: 1 })));
    await notify(post(paymentNotification(wechat, order)));
    await notify(post(paymentNotification(wechat, { ...order, outTradeNo: second })));

    const view = await findOrder(it.shop, order);

    expect(view).toMatchObject({
      status: "paid",
      paidFen: order.totalFen,
      refundedFen: 0,
      payments: [
        { outTradeNo: order.outTradeNo, status: "paid", surplus: false },
        { outTradeNo: second, status: "paid", surplus: true },
        { outTradeNo: third, status: "open", surplus: false, transactionId: null },
      ],
    });
    expect(view?.payments[0]?.transactionId).toMatch(/^\d{28}$/);
    expect(JSON.stringify(view)).not.toMatch(/openid|memberId|prepay/);
  });
});

describe("who may read an order", () => {
  test("its buyer; a stranger, another buyer and a broken cookie are told 404", async () => {
    const { sku } = await it.aProduct();
    const [buyer, other] = [aCaller(), aCaller()];
    const { body } = await buyer.order({ items: [{ sku, quantity: 1 }] });
    await other.order({ items: [{ sku, quantity: 1 }] });
    const orderNo = String(body.orderNo);
    const broken = aCaller();
    broken.setCookie("zg_member=forged");

    const answers = [await other.read(orderNo), await aCaller().read(orderNo), await broken.read(orderNo)];

    expect((await buyer.read(orderNo)).status).toBe(200);
    for (const answer of answers) expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  });

  test("only a buyer's own stand in the list; a stranger is told 401, a tab that is none 400", async () => {
    const { sku } = await it.aProduct();
    const [buyer, other] = [aCaller(), aCaller()];
    const { body } = await buyer.order({ items: [{ sku, quantity: 1 }] });
    await other.order({ items: [{ sku, quantity: 1 }] });
    const listOf = (caller: typeof buyer, query = "") =>
      caller.call((request) => list(request, {}), { path: `/api/orders${query}`, method: "GET" });

    expect((await listOf(buyer)).body).toMatchObject({
      items: [{ orderNo: body.orderNo }],
      nextCursor: null,
    });
    expect((await listOf(buyer, "?show=ship")).body.items).toEqual([]);
    expect((await listOf(buyer, "?cursor=none")).body).toMatchObject({ errors: [{ path: "cursor" }] });
    expect((await listOf(buyer, "?cursor=none")).status).toBe(400);
    expect((await listOf(aCaller())).status).toBe(401);
    expect((await listOf(buyer, "?show=all")).status).toBe(400);
  });

  test("half a year after the order, not after the first visit: ordering makes the session last as long as a new one", async () => {
    const { sku } = await it.aProduct();
    const buyer = aCaller();
    await buyer.order({ items: [{ sku, quantity: 1 }] });
    const { cookie } = buyer;
    const { now } = it.clock;
    const days = (n: number) => {
      it.clock.now = new Date(now.getTime() + n * 86_400_000);
    };

    days(179);
    const { body, headers } = await buyer.order({ items: [{ sku, quantity: 1 }] });
    days(358);
    const later = await buyer.read(String(body.orderNo));
    days(360);
    const over = await buyer.read(String(body.orderNo));
    it.clock.now = now;

    expect(headers.get("set-cookie")).toMatch(`${cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000`);
    expect([later.status, over.status]).toEqual([200, 404]);
  });

  test("the cookie is for this site only, and scripts cannot read it", async () => {
    const { sku } = await it.aProduct();

    const { headers } = await aCaller().order({ items: [{ sku, quantity: 1 }] });

    expect(headers.get("set-cookie")).toMatch(
      /^zg_member=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
  });
});

describe("the rate limit by address", () => {
  test("over it: 429 with Retry-After; loopback, other addresses and trusted proxies are not counted", async () => {
    const { sku } = await it.aProduct();
    await setting("ordersPerMinute", 3);
    const order = (caller: ReturnType<typeof aCaller>) => caller.order({ items: [{ sku, quantity: 1 }] });
    const from = (address: string) => aCaller({ address });

    const answers = [];
    for (let n = 0; n < 5; n++) answers.push(await order(from("203.0.113.7")));
    const loopback = [];
    for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.0.0.1", "127.0.0.1"])
      loopback.push(await order(from(address)));
    const other = await order(from("203.0.113.8"));
    await it.sql`DELETE FROM settings`;

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429, 429]);
    expect(answers[4]?.body.code).toBe("too_many_requests");
    expect(Number(answers[4]?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(loopback.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(other.status).toBe(201);
  });

  test("X-Forwarded-For changes nothing without a trusted proxy", async () => {
    const { sku } = await it.aProduct();
    await setting("ordersPerMinute", 1);
    const answers = [];
    for (let n = 0; n < 3; n++)
      answers.push(
        await aCaller({ address: "203.0.113.9", headers: { "x-forwarded-for": `198.51.100.${n}` } }).order({
          items: [{ sku, quantity: 1 }],
        }),
      );
    await it.sql`DELETE FROM settings`;

    expect(answers.map(({ status }) => status)).toEqual([201, 429, 429]);
  });
});
