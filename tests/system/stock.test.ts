import { Agent, request } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { aProduct } from "@/tests/support/a-shop";

const guests = 1_000;
const pieces = 100;
const atOnce = 64; // Far more than both apps have database connections.

let shop: RunningShop;
const agent = new Agent({ connections: atOnce / 2, pipelining: 1 }); // For each of the two apps.

beforeAll(async () => {
  shop = await aRunningShop({ apps: 2, worker: false });
});

afterAll(async () => {
  await agent.close();
  await shop?.stop();
});

test("a thousand guests after a hundred pieces: a hundred orders, everybody else is told it is sold out", async () => {
  const { sku } = await aProduct(shop.shop, { onHand: pieces });

  const answers = await eachOf(guests, atOnce, (n) => order(n, [{ sku, quantity: 1 }]));

  expect(count(answers)).toEqual({ "201": pieces, "409 out_of_stock": guests - pieces });
  expect(await stockOf([sku])).toEqual([{ onHand: pieces, allocated: pieces, ordered: pieces }]);
  expect(await trouble()).toEqual({ deadlocks: 0, serverErrors: [] });
});

test("carts with the same goods in every order never wait in a circle, and sell no piece twice", async () => {
  const goods = [
    await aProduct(shop.shop, { onHand: pieces }),
    await aProduct(shop.shop, { onHand: pieces }),
  ];
  const skus = goods.map((good) => good.sku);

  const answers = await eachOf(guests / 4, atOnce, (n) => {
    const items = skus.map((sku, i) => ({ sku, quantity: 1 + ((n + i) % 3) }));
    return order(n, n % 2 ? items : items.toReversed());
  });

  expect(Object.keys(count(answers)).sort()).toEqual(["201", "409 out_of_stock"]);
  for (const { onHand, allocated, ordered } of await stockOf(skus)) {
    expect(allocated).toBe(ordered);
    expect(allocated).toBeLessThanOrEqual(onHand);
  }
  expect(await trouble()).toEqual({ deadlocks: 0, serverErrors: [] });
});

async function order(n: number, items: { sku: string; quantity: number }[]): Promise<string> {
  const url = shop.apps[n % shop.apps.length]?.url;
  const response = await request(`${url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ items }),
    dispatcher: agent,
  });
  const body = (await response.body.json()) as { code?: string };
  return body.code ? `${response.statusCode} ${body.code}` : String(response.statusCode);
}

/** Does something so many times, never more than `limit` at once. */
async function eachOf<T>(times: number, limit: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const one = async () => {
    for (let n = next++; n < times; n = next++) results[n] = await act(n);
  };
  await Promise.all(Array.from({ length: limit }, one));
  return results;
}

function count(answers: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

async function stockOf(skus: string[]) {
  const rows = await shop.shop.sql<{ onHand: number; allocated: number; ordered: number }[]>`
    SELECT v.on_hand AS "onHand", v.allocated,
      (SELECT coalesce(sum(l.quantity), 0)::int FROM order_lines l WHERE l.variant_id = v.id) AS ordered
      FROM variants v WHERE v.sku = ANY(${skus}) ORDER BY v.id`;
  return [...rows];
}

/** PostgreSQL counts the deadlocks of a database; the apps log what they answer 500 for. */
async function trouble() {
  await shop.shop.sql`SELECT pg_stat_clear_snapshot()`;
  const [row] = await shop.shop.sql<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  const serverErrors = shop.apps.flatMap((app) =>
    app
      .log()
      .split("\n")
      .filter((line) => line.includes('"level":50')),
  );
  return { deadlocks: row?.deadlocks, serverErrors };
}
