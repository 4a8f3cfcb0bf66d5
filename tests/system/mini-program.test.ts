import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createShopClient, requestsFor } from "@/docs/mini-program/shop-client.js";
import { aPhone, openPage } from "@/tests/support/a-mini-program";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aRecipient } from "@/tests/support/a-shop";

let it: RunningShop;
let shop: ReturnType<typeof createShopClient>;
let phone: ReturnType<typeof aPhone>;
let buyers = 0;
beforeAll(async () => {
  it = await aRunningShop({ worker: false });
});
afterAll(() => it.stop());
beforeEach(() => {
  shop = createShopClient({ url: it.url, waitsMs: [10, 20, 30], pollMs: 50 });
  const app = { shop, shopUrl: it.url };
  phone = aPhone({ sandbox: it.sandbox, buyer: `mini${++buyers}`, app });
});

const tea = { items: [{ sku: "TEA-50", quantity: 1 }], recipient: aRecipient };
const card = { items: [{ sku: "TRY-1", quantity: 1 }] };
const callsOf = (call: string) => phone.sent.filter((one) => one.call === call);
const ordersOf = async (keys: (string | undefined)[]) =>
  it.shop.sql`SELECT DISTINCT order_id FROM idempotency_keys WHERE key = ANY(${keys.map(String)})`;

describe("the client", () => {
  test("signs in, orders, pays on WeChat's sheet and hears the result from the shop", async () => {
    const { items } = await shop.listProducts();
    const order = await shop.placeOrder(tea);
    const said = await shop.pay(order.orderNo);
    const paid = await shop.waitForResult(order.orderNo);

    expect(items.map(({ slug }: { slug: string }) => slug)).toContain("spring-tea");
    expect([order.status, said, paid.status, paid.paidFen]).toEqual([
      "pending",
      "done",
      "paid",
      order.totalFen,
    ]);
    expect(phone.signedIn).toBe(1);
    const [receipt] = await it.shop
      .sql`SELECT appid FROM receipts WHERE transaction_id = ${paid.payments[0].transactionId}`;
    expect(receipt?.appid).toBe(it.sandbox.merchant.miniAppId);
  });

  test("parameters that are not as the shop signed them open no sheet", async () => {
    const order = await shop.placeOrder(card);
    const { requestPayment } = phone.wx;
    phone.wx.requestPayment = (sheet) => requestPayment({ ...sheet, nonceStr: "changed" });

    expect(await shop.pay(order.orderNo)).toBe("failed");
    expect((await shop.findOrder(order.orderNo)).status).toBe("pending");
  });

  test("an order whose answer was lost, again and again, is one order with one key", async () => {
    phone.lost.set("POST /api/orders", 2);

    const order = await shop.placeOrder(card);

    const keys = callsOf("POST /api/orders").map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    expect(await ordersOf(keys)).toHaveLength(1);
    expect((await shop.findOrder(order.orderNo)).orderNo).toBe(order.orderNo);
  });

  test("an answer lost at every step, from sign-in to result, is a payment all the same, and one", async () => {
    for (const call of ["POST /api/auth/mini-program", "POST /api/orders", "POST /api/pay"])
      phone.lost.set(call, 1);
    const { orderNo } = await shop.placeOrder(card);
    phone.lost.set(`GET /api/orders/${orderNo}`, 1);
    await shop.pay(orderNo);

    const paid = await shop.waitForResult(orderNo);
    expect([paid.status, paid.payments.length, paid.surplusFen]).toEqual(["paid", 1, 0]);
    expect([phone.signedIn, callsOf("POST /api/pay").length]).toEqual([2, 2]);
  });

  test("all answers lost, the mini program closed and the form sent again: the same order; the next one is another", async () => {
    phone.lost.set("POST /api/orders", 4);
    await expect(shop.placeOrder(card)).rejects.toMatchObject({ status: 0, isUnknown: true });

    const started = createShopClient({ url: it.url });
    const order = await started.placeOrder(card);
    const another = await started.placeOrder(card);

    const keys = callsOf("POST /api/orders").map(({ key }) => key);
    expect(await ordersOf(keys.slice(0, 5))).toHaveLength(1);
    expect(another.orderNo).not.toBe(order.orderNo);
  });

  test("the answer lost and then told to wait: pressed again it is the same order still", async () => {
    phone.lost.set("POST /api/orders", 1);
    phone.busy.set("POST /api/orders", 1);
    await expect(shop.placeOrder(card)).rejects.toMatchObject({ status: 429, mayBeDone: true });

    await shop.placeOrder(card);

    const keys = callsOf("POST /api/orders").map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    expect(await ordersOf(keys)).toHaveLength(1);
  });

  test("a sheet that was cancelled leaves the order to be paid, by the same payment", async () => {
    const order = await shop.placeOrder(card);
    phone.thumb = "cancels";
    const first = await shop.pay(order.orderNo);
    const left = await shop.waitForResult(order.orderNo, { forMs: 0 });
    phone.thumb = "pays";
    const second = await shop.pay(order.orderNo);

    const paid = await shop.waitForResult(order.orderNo);
    expect([first, left.status, second, paid.status]).toEqual(["cancelled", "pending", "done", "paid"]);
    expect(phone.sheets).toHaveLength(2);
    expect(paid.payments).toHaveLength(1);
    await expect(shop.pay(order.orderNo)).rejects.toMatchObject({ status: 409, code: "already_paid" });
  });

  test("a token that has run out, or that the shop does not know any more, is replaced without a word", async () => {
    const order = await shop.placeOrder(card);
    await it.shop.sql`UPDATE member_sessions SET expires_at = now() - interval '1 second'`;
    const again = await shop.findOrder(order.orderNo);
    const kept = phone.wx.getStorageSync("shop.token");
    phone.wx.setStorageSync("shop.token", { ...kept, expiresAt: new Date(Date.now() - 1000).toISOString() });
    const [one, other] = await Promise.all([shop.findOrder(order.orderNo), shop.findOrder(order.orderNo)]);

    for (const found of [again, one, other]) expect(found.orderNo).toBe(order.orderNo);
    expect(phone.signedIn).toBe(3);
  });

  test("a result that comes late is waited for; later than one waits, it is there the next time one looks", async () => {
    const [soon, late] = [await shop.placeOrder(card), await shop.placeOrder(card)];
    await it.sandbox.pay({ outTradeNo: "next", lateMs: 400 });
    await shop.pay(soon.orderNo);
    const waited = await shop.waitForResult(soon.orderNo);
    await it.sandbox.pay({ outTradeNo: "next", lateMs: 600 });
    await shop.pay(late.orderNo);
    const given = await shop.waitForResult(late.orderNo, { forMs: 0 });

    expect([waited.status, given.status]).toEqual(["paid", "pending"]);
    await vi.waitFor(async () => expect((await shop.findOrder(late.orderNo)).status).toBe("paid"), 5_000);
  });

  test("a total that the buyer was not shown orders nothing; the one that the shop tells does", async () => {
    const shown = { ...tea, expectedTotalFen: 6800 };
    const refusal = await shop.placeOrder(shown).catch((error: unknown) => error);

    expect(refusal).toMatchObject({ status: 409, code: "price_changed", problem: { totalFen: 7800 } });
    expect((await shop.placeOrder({ ...shown, expectedTotalFen: 7800 })).totalFen).toBe(7800);
  });

  test("goods that are sent and goods that are not become two orders, each of them as quoted; together the shop refuses them", async () => {
    const items = [
      { sku: "TEA-50", quantity: 1 },
      { sku: "TRY-1", quantity: 2 },
    ];

    await expect(shop.placeOrder({ items, recipient: aRecipient })).rejects.toMatchObject({
      status: 422,
      code: "mixed_kinds",
    });
    const quote = await shop.quote(items);
    const placed = [];
    for (const request of requestsFor(quote, { recipient: aRecipient }))
      placed.push(await shop.placeOrder(request));
    expect(placed).toMatchObject([
      { kind: "physical", goodsFen: 6800, freightFen: 1000, totalFen: 7800 },
      { kind: "virtual", freightFen: 0, totalFen: 2 },
    ]);
    expect(quote.totalFen).toBe(7802);
  });

  test("what is quoted needs no sign-in, and what cannot be had is in none of its requests", async () => {
    const quote = await shop.quote([
      { sku: "TEA-50", quantity: 9999 },
      { sku: "TRY-1", quantity: 1 },
      { sku: "NEVER-THERE", quantity: 1 },
    ]);

    expect(quote.orders[0].lines).toMatchObject([{ sku: "TEA-50", trouble: "out_of_stock" }]);
    expect(quote.unavailable).toEqual(["NEVER-THERE"]);
    expect(requestsFor(quote)).toMatchObject([{ items: card.items, expectedTotalFen: 1 }]);
    expect(phone.signedIn).toBe(0);
  });

  test("a refusal carries the shop's words, in Chinese, and which field is meant", async () => {
    const abroad = { ...tea, recipient: { ...aRecipient, phone: "12" } };

    await expect(shop.placeOrder(abroad)).rejects.toMatchObject({
      code: "recipient_invalid",
      message: "收货信息有误，请检查后再试。",
      problem: { errors: [{ path: "recipient.phone" }] },
    });
    expect(phone.wx.getStorageSync("shop.sent")).toEqual([]); // Nothing of it is kept: the next press is a new one.
  });
});

describe("the pages", () => {
  const pages = {
    list: () => import("@/docs/mini-program/pages/list/list.js"),
    product: () => import("@/docs/mini-program/pages/product/product.js"),
    orders: () => import("@/docs/mini-program/pages/orders/orders.js"),
    order: () => import("@/docs/mini-program/pages/order/order.js"),
  };
  const query = (url = "") => Object.fromEntries(new URL(url, "https://mini.example").searchParams);

  test("lead from the list to an order that is paid, received and paid back", async () => {
    const list = await openPage(pages.list);
    const product = await openPage(pages.product, { slug: "spring-tea" });
    await product.onOrder?.();
    const refused = product.data.problem;
    const shown = product.data.costs;
    product.onAddress?.();
    await product.onOrder?.();
    const order = await openPage(pages.order, query(phone.went[0]));

    expect(list.data.items).toHaveLength(6);
    expect(refused).toBe("请先选择收货地址。");
    expect(shown).toEqual({ goods: "¥68.00", freight: "¥10.00", total: "¥78.00" });
    expect(phone.confirms).toEqual([]); // What was shown was the whole of it.
    expect(order.data).toMatchObject({ status: "已付款，待发货", problem: "", told: "", busy: "" });
    await order.onRefund?.();
    expect(order.data).toMatchObject({ problem: "", canRefund: false, refunds: [{ status: "requested" }] });
  });

  test("an order left at the sheet is found again among one's own, and paid or cancelled from its page", async () => {
    phone.thumb = "cancels";
    const product = await openPage(pages.product, { slug: "one-fen" });
    await product.onOrder?.();
    const left = await openPage(pages.order, query(phone.went[0]));
    const own = await openPage(pages.orders);
    const { orderNo = "" } = query(phone.went[0]);
    const found = await openPage(pages.order, { orderNo });
    await found.onCancel?.();
    await own.onShow?.();

    expect(left.data).toMatchObject({ status: "待付款", told: "已取消付款，订单还为您保留着。", busy: "" });
    expect(phone.sheets).toHaveLength(1); // Found again it opens no sheet by itself.
    expect(found.data).toMatchObject({ canPay: false, canCancel: false, problem: "" });
    expect(own.data.items).toMatchObject([
      { orderNo, title: "一分钱体验", total: "0.01", status: "正在关闭" },
    ]);
  });

  test("a total that changed after it was shown is asked about, and nothing is ordered without a yes", async () => {
    const product = await openPage(pages.product, { slug: "spring-tea" });
    product.onAddress?.();
    await it.shop.sql`INSERT INTO settings (key, value) VALUES ('freightFlatFen', '1200')`;
    phone.thumb = "cancels";
    await product.onOrder?.();
    const declined = { went: phone.went.length, costs: product.data.costs };
    await it.shop.sql`DELETE FROM settings WHERE key = 'freightFlatFen'`;
    phone.thumb = "pays";
    await product.onOrder?.();

    expect(phone.confirms).toEqual([
      "合计由 ¥78.00 变为 ¥80.00（含运费），确认下单吗？",
      "合计由 ¥80.00 变为 ¥78.00（含运费），确认下单吗？",
    ]);
    expect(declined).toEqual({ went: 0, costs: { goods: "¥68.00", freight: "¥12.00", total: "¥80.00" } });
    expect(phone.went).toHaveLength(1);
  });

  test("how many there are is said beside the quantity before anything is ordered, and the newest choice counts", async () => {
    const product = await openPage(pages.product, { slug: "spring-tea" });
    product.onAddress?.();
    await product.onQuantity?.({ detail: { value: "9999" } });
    const many = { ...product.data };
    await product.onOrder?.();
    await Promise.all(["2", ""].map((value) => product.onQuantity?.({ detail: { value } })));
    const none = { ...product.data };
    await product.onQuantity?.({ detail: { value: "2" } });

    expect(many).toMatchObject({
      costs: null,
      hindrance: expect.stringMatching(/^仅剩 \d+ 件，您要 9999 件。$/),
    });
    expect(none).toMatchObject({ costs: null, hindrance: "请填写数量。" });
    expect([phone.went, callsOf("POST /api/orders")]).toEqual([[], []]);
    expect(product.data).toMatchObject({ hindrance: "", costs: { goods: "¥136.00", freight: "包邮" } });
  });

  test("a quote that was lost is asked for again by the buyer's thumb, and nothing chosen is lost with it", async () => {
    const product = await openPage(pages.product, { slug: "spring-tea" });
    phone.lost.set("POST /api/orders/quote", 4);
    await product.onQuantity?.({ detail: { value: "3" } });
    const lost = { ...product.data };
    await product.onRetry?.();

    expect(lost).toMatchObject({ costs: null, problem: "网络不给力，请稍后再试。" });
    expect(product.data).toMatchObject({ quantity: 3, problem: "", costs: { total: "¥204.00" } });
  });

  test("virtual goods are not offered on iOS", async () => {
    phone.platform = "ios";

    const virtual = await openPage(pages.product, { slug: "one-fen" });
    const physical = await openPage(pages.product, { slug: "spring-tea" });

    expect([virtual.data.isForbiddenHere, physical.data.isForbiddenHere]).toEqual([true, false]);
  });

  test.each(Object.keys(pages) as (keyof typeof pages)[])(
    "what is tapped on the page %s, its script answers, and what is shown it has",
    async (name) => {
      const markup = readFileSync(`docs/mini-program/pages/${name}/${name}.wxml`, "utf8");
      const page = await openPage(pages[name], { slug: "spring-tea", orderNo: "0" });
      const handlers = [...markup.matchAll(/bind\w+="(\w+)"/g)].map(([, handler]) => String(handler));
      const shown = [...markup.matchAll(/\{\{!*(\w+)/g)].map(([, root]) => String(root));

      for (const handler of handlers) expect(page[handler], handler).toBeTypeOf("function");
      for (const root of shown) if (root !== "item") expect(page.data).toHaveProperty(root);
    },
  );
});
