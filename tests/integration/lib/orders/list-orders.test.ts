import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "@/lib/db/connect";
import { AppError } from "@/lib/http/app-error";
import { countOrders } from "@/lib/orders/count-orders";
import type { ListedOrder } from "@/lib/orders/describe-orders";
import { findOrderId } from "@/lib/orders/find-order-id";
import { listOrders, orderPageSize } from "@/lib/orders/list-orders";
import { allOrders, type OrderFilter, type OrderSort, readOrderFilter } from "@/lib/orders/order-filter";
import { type OrderStatus, orderStatuses } from "@/lib/orders/state";
import { prepareOrderList } from "@/tests/bench/prepare-order-list";
import { aShop } from "../../../support/a-shop";
import { readPlans } from "../../../support/read-plans";

let it: Awaited<ReturnType<typeof aShop>>;

beforeAll(async () => {
  it = await aShop();
  const { sql: seed, close } = connect(it.shop.environment.databaseUrl, { max: 1 });
  await prepareOrderList(seed, { orders: 2_000 });
  await close();
  // Many orders share each of the times that lists are sorted by.
  await it.sql`UPDATE orders SET created_at = date_trunc('week', created_at), paid_at = date_trunc('week', paid_at),
    deliver_by = date_trunc('hour', deliver_by)`;
  await it.sql`ANALYZE orders`;
});
afterAll(() => it.close());

const numbers = (orders: ListedOrder[]) => orders.map(({ orderNo }) => orderNo);
const filterOf = (query: string): OrderFilter => {
  const { filter, madeUp } = readOrderFilter(Object.fromEntries(new URLSearchParams(query)));
  expect(madeUp).toEqual([]);
  return filter;
};

async function walk(filter: OrderFilter): Promise<{ pages: string[][]; last: { newer: string | null } }> {
  const pages: string[][] = [];
  for (let before: string | undefined; ; ) {
    const page = await listOrders(it.shop, filter, { before });
    pages.push(numbers(page.orders));
    if (page.older === null) return { pages, last: page };
    before = page.older;
  }
}

async function expected(where: string, order = "o.created_at DESC, o.id DESC"): Promise<string[]> {
  const rows = await it.sql.unsafe(`SELECT o.order_no AS no FROM orders o WHERE ${where} ORDER BY ${order}`);
  return rows.map((row) => String(row.no));
}

describe("walked by its cursors", () => {
  const sorted: Record<OrderSort, string> = {
    newest: "o.created_at DESC, o.id DESC",
    oldest: "o.created_at, o.id",
    deadline: `(o.clock_ended_at IS NULL AND o.deliver_by IS NOT NULL) DESC,
      CASE WHEN o.clock_ended_at IS NULL THEN o.deliver_by END, CASE WHEN o.clock_ended_at IS NULL AND o.deliver_by IS NOT NULL THEN o.id END,
      o.created_at DESC, o.id DESC`,
    paid: "o.paid_at DESC NULLS LAST, CASE WHEN o.paid_at IS NULL THEN o.created_at END DESC, o.id DESC",
    amount: "o.total_fen DESC, o.id DESC",
    "amount-up": "o.total_fen, o.id",
  };

  test.each(Object.entries(sorted) as [OrderSort, string][])(
    "the list sorted by %s shows every order once, in order, and back again",
    async (sort, order) => {
      const filter: OrderFilter = { ...allOrders, kind: "virtual", sort };

      const { pages, last } = await walk(filter);

      expect(pages.length).toBeGreaterThan(5);
      expect(pages.flat()).toEqual(await expected("o.kind = 'virtual'", order));
      for (let n = pages.length - 2, after = last.newer; n >= 0; n--) {
        const page = await listOrders(it.shop, filter, { after: after ?? "" });
        expect(numbers(page.orders)).toEqual(pages[n]);
        expect(page.newer === null).toBe(n === 0);
        after = page.newer;
      }
    },
  );

  test("an order made while somebody reads does not shift the next page", async () => {
    const first = await listOrders(it.shop, allOrders);
    const next = () => listOrders(it.shop, allOrders, { before: first.older ?? "" });
    const before = numbers((await next()).orders);

    const made = await it.payableOrder();

    expect(numbers((await next()).orders)).toEqual(before);
    expect(numbers((await listOrders(it.shop, allOrders)).orders)[0]).toBe(made.orderNo);
  });

  test("a cursor that was made up shows the first page", async () => {
    const first = await listOrders(it.shop, allOrders);

    for (const text of ["", "1", "2-1-1", "0--1-1", "0-99999999999999999999-1", "'; --"])
      expect(await listOrders(it.shop, allOrders, { before: text })).toEqual(first);
  });
});

describe("filtered", () => {
  const refunds = "SELECT FROM refunds f WHERE f.order_id = o.id";
  const gone = "(SELECT sum(f.refund_fen) FROM refunds f WHERE f.order_id = o.id AND f.status = 'succeeded')";
  const day = "(o.created_at AT TIME ZONE 'Asia/Shanghai')::date";
  const runs = "o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL";

  test.each([
    ["status=paid&kind=physical", "o.status = 'paid' AND o.kind = 'physical'"],
    ["deadline=late", `${runs} AND o.deliver_by < now()`],
    ["deadline=running&status=paid", runs],
    ["deadline=24h", `${runs} AND o.deliver_by BETWEEN now() AND now() + interval '24 hours'`],
    ["deadline=ended&status=shipped", "o.clock_ended_at IS NOT NULL AND o.status = 'shipped'"],
    ["refund=asked", `EXISTS (${refunds} AND f.status IN ('requested', 'accepted'))`],
    ["refund=part", `${gone} < o.total_fen`],
    ["refund=full", `${gone} = o.total_fen`],
    [
      "refund=none&status=shipped",
      `o.status = 'shipped' AND NOT EXISTS (${refunds} AND f.status <> 'rejected')`,
    ],
    ["trade=NATIVE", "(SELECT trade_type FROM payments WHERE order_id = o.id) = 'NATIVE'"],
    ["from=2026-02-02&to=2026-03-22", `${day} BETWEEN '2026-02-02' AND '2026-03-22'`],
    ["min=300&max=310.5", "o.total_fen BETWEEN 30000 AND 31050"],
    [
      "product=bench-2",
      "EXISTS (SELECT FROM order_lines WHERE order_id = o.id AND sku IN ('BENCH-3', 'BENCH-4'))",
    ],
    ["product=BENCH-3", "EXISTS (SELECT FROM order_lines WHERE order_id = o.id AND sku = 'BENCH-3')"],
    ["status=completed&q=王", "o.status = 'completed' AND o.recipient->>'name' LIKE '王%'"],
    [
      "trade=JSAPI&refund=full&min=20&kind=physical",
      `o.total_fen >= 2000 AND o.kind = 'physical' AND ${gone} = o.total_fen AND (SELECT trade_type FROM payments WHERE order_id = o.id) = 'JSAPI'`,
    ],
  ])("by %s shows those and no others, and counts them", async (query, where) => {
    const wanted = await expected(where);

    expect(wanted.length).toBeGreaterThan(2);
    expect((await walk(filterOf(query))).pages.flat()).toEqual(wanted);
    expect(await countOrders(it.shop, filterOf(query))).toBe(Math.min(wanted.length, 1000));
  });

  test("by a product that nobody has shows nothing", async () => {
    expect((await listOrders(it.shop, filterOf("product=nothing"))).orders).toEqual([]);
  });

  test("a combination that takes too long ends, says so and gives its connection back as it was", async () => {
    const { sql: other, close } = connect(it.shop.environment.databaseUrl, { max: 1 });
    const locked = await other.reserve();
    await locked`BEGIN`;
    await locked`LOCK TABLE orders`;
    const [listed, counted] = await Promise.allSettled([
      listOrders(it.shop, allOrders),
      countOrders(it.shop, allOrders),
    ]);
    await locked`ROLLBACK`;
    locked.release();
    await close();

    expect(listed).toMatchObject({ status: "rejected", reason: new AppError("filter_too_wide") });
    expect(counted).toEqual({ status: "fulfilled", value: null });
    const left = await Promise.all(
      Array.from({ length: 10 }, () => it.sql`SELECT current_setting('statement_timeout') AS is`),
    );
    expect(new Set(left.map(([row]) => row?.is))).toEqual(new Set(["20s"]));
  });
});

describe("searched", () => {
  const parcel =
    "SELECT d.order_id FROM deliveries d JOIN refunds f ON f.order_id = d.order_id ORDER BY 1 LIMIT 1";
  const known = async (column: string) => {
    const [row] = await it.sql.unsafe(
      `SELECT o.order_no AS "orderNo", (${column})::text AS text FROM orders o WHERE o.id = (${parcel})`,
    );
    return { orderNo: String(row?.orderNo), text: String(row?.text) };
  };

  test.each([
    ["order number", "o.order_no"],
    ["out_trade_no", "SELECT out_trade_no FROM payments WHERE order_id = o.id"],
    ["transaction_id", "SELECT transaction_id FROM receipts WHERE order_id = o.id"],
    ["out_refund_no", "SELECT out_refund_no FROM refunds WHERE order_id = o.id"],
    ["refund_id", "SELECT refund_id FROM refunds WHERE order_id = o.id"],
    ["tracking number, in small letters", "SELECT lower(tracking_no) FROM deliveries WHERE order_id = o.id"],
    [
      "order number, in groups",
      "substr(o.order_no, 1, 6) || ' ' || substr(o.order_no, 7, 6) || '-' || substr(o.order_no, 13)",
    ],
  ])("an order is found by its %s", async (_, column) => {
    const { orderNo, text } = await known(column);

    expect(numbers((await listOrders(it.shop, { ...allOrders, q: text })).orders)).toEqual([orderNo]);
    expect(await countOrders(it.shop, { ...allOrders, q: text })).toBe(1);
    if (!/[ sf]/.test(text)) expect(await findOrderId(it.shop, text)).toMatchObject({ orderNo });
    expect((await listOrders(it.shop, { ...allOrders, q: text, status: "pending" })).orders).toEqual([]);
  });

  const sold = "EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.title LIKE";
  test.each([
    ["the phone's last digits", "right(o.phone, 4)", (text: string) => `right(o.phone, 4) = '${text}'`],
    ["the phone", "o.phone", (text: string) => `o.phone = '${text}'`],
    ["the phone with its country", "'+86 ' || o.phone", (text: string) => `o.phone = '${text.slice(4)}'`],
    ["the recipient", "o.recipient->>'name'", (text: string) => `o.recipient->>'name' LIKE '${text}%'`],
    [
      "how the name begins",
      "left(o.recipient->>'name', 1)",
      (text: string) => `o.recipient->>'name' LIKE '${text}%'`,
    ],
    ["part of a product's title", "'物 7'", (text: string) => `${sold} '%${text}%')`],
    [
      "a SKU",
      "'BENCH-12'",
      () => "EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.sku = 'BENCH-12')",
    ],
  ])("orders are found by %s", async (_, column, where) => {
    const { text } = await known(column);
    const wanted = await expected(where(text));

    expect(wanted.length).toBeGreaterThan(0);
    expect((await walk({ ...allOrders, q: text })).pages.flat()).toEqual(wanted);
  });

  test("what several orders are called in different ways is shown once each, in order", async () => {
    await it.sql`UPDATE products SET title = '王牌' WHERE slug = 'bench-1'`;
    const where =
      "o.recipient->>'name' LIKE '王%' OR EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.sku IN ('BENCH-1', 'BENCH-2'))";

    expect((await walk({ ...allOrders, q: "王", sort: "amount" })).pages.flat()).toEqual(
      await expected(where, "o.total_fen DESC, o.id DESC"),
    );
  });

  test("what nobody is called finds nothing, however it is spelt", async () => {
    for (const q of ["26112122000012345678", "%", "_", "\\", "' OR 1=1 --", "12", "1".repeat(64), "😀"])
      expect([q, (await listOrders(it.shop, { ...allOrders, q })).orders]).toEqual([q, []]);
  });
});

describe("however many orders there are", () => {
  const found = async (query: string) => {
    const [row] = await it.sql.unsafe(`SELECT (${query})::text AS q`);
    return { ...allOrders, q: String(row?.q) };
  };
  const ofStatus = (status: OrderStatus) => async (): Promise<OrderFilter> => ({ ...allOrders, status });
  const views: [string, () => Promise<OrderFilter>][] = [
    ["the first page", async () => allOrders],
    ...orderStatuses.map((status): [string, () => Promise<OrderFilter>] => [
      `the first page of ${status} ones`,
      ofStatus(status),
    ]),
    ["by deadline", async () => ({ ...allOrders, sort: "deadline" })],
    ["an order number", () => found("SELECT max(order_no) FROM orders WHERE id < 1000")],
    ["a transaction id", () => found("SELECT max(transaction_id) FROM receipts")],
    ["a phone's last digits", () => found("SELECT max(right(phone, 4)) FROM orders WHERE member_id = 2")],
  ];

  test.each(views)("%s is a range of an index that ends with the page", async (_, filter) => {
    const plans = readPlans(it.shop);
    const { older } = await listOrders(plans.shop, await filter());
    if (older) await listOrders(plans.shop, await filter(), { before: older });

    expect(plans.seen.length).toBeGreaterThanOrEqual(older ? 2 : 1);
    for (const { read, scans } of plans.seen) {
      expect(scans).not.toContain("Seq Scan on orders");
      expect([scans, read <= 4 * orderPageSize]).toEqual([scans, true]);
    }
  });

  test("a page of one order is described by as many queries as a page of fifty", async () => {
    const oldest: OrderFilter = { ...allOrders, sort: "oldest" };
    const [second] = await it.sql<{ cursor: string }[]>`
      SELECT '0-' || (extract(epoch FROM created_at) * 1000000)::bigint || '-' || id AS cursor FROM orders ORDER BY created_at, id OFFSET 1 LIMIT 1`;
    const [full, single] = [readPlans(it.shop), readPlans(it.shop)];

    const fifty = await listOrders(full.shop, oldest);
    const one = await listOrders(single.shop, oldest, { after: second?.cursor });

    expect([fifty.orders.length, one.orders.length]).toEqual([50, 1]);
    expect(single.queries()).toBe(full.queries());
  });
});

test("an order that other money paid than asked is refunded in full when all of that is back", async () => {
  const [order] = (await listOrders(it.shop, filterOf("refund=part"))).orders;
  if (!order) throw new Error("no such order");
  await it.sql`UPDATE receipts SET total_fen = ${order.refundedFen} WHERE order_id = ${order.id} AND verdict = 'settling'`;

  const told = async (refund: string) =>
    (await listOrders(it.shop, filterOf(`refund=${refund}&q=${order.orderNo}`))).orders.map(
      (one) => one.refund,
    );

  expect(await told("full")).toEqual(["full"]);
  expect(await told("part")).toEqual([]);
});
