import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as health } from "@/app/api/health/route";
import { GET as metrics } from "@/app/api/metrics/route";
import { POST as notify } from "@/app/api/notify/route";
import { GET as product } from "@/app/api/products/[slug]/route";
import { GET as list } from "@/app/api/products/route";
import { aCaller } from "@/tests/support/a-caller";
import { moneyArrives } from "@/tests/support/a-refundable-order";
import { aShop, paymentNotification, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const page = async (cursor?: string) => {
  const search = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const response = await list(new Request(`http://shop.test/api/products${search}`), {});
  return { status: response.status, body: await response.json() };
};
const one = async (slug: string) => {
  const response = await product(new Request(`http://shop.test/api/products/${slug}`), {
    params: Promise.resolve({ slug }),
  });
  return { status: response.status, body: await response.json() };
};

describe("the catalogue", () => {
  test("a product shows what can be ordered now", async () => {
    const { slug, sku } = await it.aProduct({ kind: "virtual", priceFen: 990, onHand: 5 });
    await aCaller().order({ items: [{ sku, quantity: 2 }] });

    const { status, body } = await one(slug);

    expect(status).toBe(200);
    expect(body).toMatchObject({ slug, kind: "virtual", variants: [{ sku, priceFen: 990, available: 3 }] });
    expect(JSON.stringify(body)).not.toMatch(/onHand|allocated/);
  });

  test("what is off sale or was never there is 404 and stands in no list", async () => {
    const { slug } = await it.aProduct();
    await it.sql`UPDATE products SET on_sale = false WHERE slug = ${slug}`;

    const answers = [await one(slug), await one("never-there"), await one("../orders")];

    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, "not_found"]);
    const { body } = await page();
    expect(body.items.map((item: { slug: string }) => item.slug)).not.toContain(slug);
  });

  test("pages are walked to the end, each product once, newest first, also while new ones arrive", async () => {
    for (let n = 0; n < 50; n++) await it.aProduct();
    const before = await it.sql`SELECT slug FROM products WHERE on_sale ORDER BY id DESC`;
    const seen: string[] = [];

    for (let cursor: string | undefined, more = true; more; ) {
      const { status, body } = await page(cursor);
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(0);
      seen.push(...body.items.map((item: { slug: string }) => item.slug));
      await it.aProduct(); // It comes before what has been seen: nothing moves.
      cursor = body.nextCursor ?? undefined;
      more = cursor !== undefined;
    }

    expect(seen).toEqual(before.map((row) => row.slug));
  });

  test.each(["x", "-1", "1.5", "1; DROP TABLE products", "9".repeat(30)])(
    "the cursor %j is malformed",
    async (cursor) => {
      const { status, body } = await page(cursor);

      expect([status, body.code]).toEqual([400, "malformed"]);
    },
  );
});

describe("health", () => {
  const codes = async () => {
    const response = await health();
    const body = await response.json();
    return {
      status: response.status,
      said: body.status,
      codes: body.problems.map((one: { code: string }) => one.code),
    };
  };

  test("no worker, an old outbox and failed notifications are told, and payments still taken", async () => {
    await it.sql`INSERT INTO outbox (task, payload, created_at) VALUES ('order_paid', '{}', now() - interval '1 minute')`;
    const order = await it.payableOrder();
    await notify(post(paymentNotification(it.shop.environment.wechat, order)));
    await it.sql`UPDATE notifications SET verdict = 'failed' WHERE order_id = ${order.orderId}`;

    const sick = await codes();
    await it.sql`TRUNCATE outbox`;
    await it.sql`UPDATE notifications SET verdict = 'paid'`;
    await it.sql`INSERT INTO worker_leases (worker_id, lease_until) VALUES ('worker-x', now() + interval '1 minute')`;
    Object.assign(it.shop.environment.wechat, { certFile: "a", keyFile: "b" });
    const well = await codes();

    expect(sick).toMatchObject({ status: 200, said: "degraded" });
    expect(sick.codes).toEqual(["no_worker", "outbox_waiting", "notifications_failed", "no_certificate"]);
    expect(well).toEqual({ status: 200, said: "ok", codes: [] });
  });
});

describe("metrics", () => {
  const ask = (authorization?: string) =>
    metrics(
      new Request("http://shop.test/api/metrics", { headers: authorization ? { authorization } : {} }),
      {},
    );

  test("without a token in the settings there is no such address; with it, it is wanted", async () => {
    const statuses = [(await ask("Bearer x")).status];
    it.shop.environment.metricsToken = "a-long-metrics-token";
    for (const said of [
      undefined,
      "Bearer a-long-metrics-tokeN",
      "a-long-metrics-token",
      "Bearer a-long-metrics-token",
    ])
      statuses.push((await ask(said)).status);

    expect(statuses).toEqual([404, 401, 401, 401, 200]);
  });

  test("verdicts are counted, and what waits is measured", async () => {
    it.shop.environment.metricsToken = "a-long-metrics-token";
    const read = async () => (await ask("Bearer a-long-metrics-token")).text();
    const count = (text: string) =>
      Number(/zhanggui_notifications_total\{kind="payment",verdict="paid"\} (\d+)/.exec(text)?.[1] ?? 0);
    const before = count(await read());

    await notify(post(paymentNotification(it.shop.environment.wechat, await it.payableOrder())));
    const text = await read();

    expect(count(text) - before).toBe(1);
    expect(text).toMatch(/zhanggui_outbox_rows \d+/);
  });

  test("tell what WeChat has not heard of, and what it refused to hear", async () => {
    it.shop.environment.metricsToken = "a-long-metrics-token";
    const read = async () => (await ask("Bearer a-long-metrics-token")).text();
    const order = await it.payableOrder({ kind: "physical" });
    await moneyArrives(it.shop, order);
    const before = await read();

    await it.sql`UPDATE orders SET deliver_by = now() - interval '1 minute' WHERE id = ${order.orderId}`;
    await it.sql`INSERT INTO delivery_reports (receipt_id, order_id, status)
      SELECT id, order_id, 'refused' FROM receipts WHERE order_id = ${order.orderId}`;

    const after = await read();
    expect(before).toContain("zhanggui_deadlines_missed 0");
    expect(after).toContain("zhanggui_deadlines_missed 1");
    expect(after).toContain("zhanggui_delivery_reports_refused 1");
  });
});
