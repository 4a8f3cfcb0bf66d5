import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/health/route";
import { openShop, type Shop } from "@/lib/shop";
import { aShop } from "@/tests/support/a-shop";
import { startProxy } from "@/tests/support/tcp-proxy";

const held = globalThis as { zhangguiShop?: Shop };
let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterEach(() => {
  held.zhangguiShop = it.shop;
});
afterAll(() => it.close());

const ask = async () => {
  const response = await GET();
  const body = await response.json();
  const codes = body.problems.map((one: { code: string }) => one.code);
  return { status: response.status, said: body.status, codes };
};
const away = { status: 503, said: "down", codes: ["database_away"] };

// No clock here: an answer that waited for the database would not come before the test's own time is over.

test("a database that stands still in the middle of the question is away, and is there again when it answers", async () => {
  const proxy = await startProxy(it.shop.environment.databaseUrl);
  const behindIt = openShop(it.shop.environment, { databaseUrl: proxy.url });
  held.zhangguiShop = behindIt;
  const before = await ask();
  const stall = proxy.stallAnswer(/worker_leases/);

  const hanging = await ask();
  await stall.reached;
  stall.letGo();
  const after = await ask();
  await behindIt.close();
  await proxy.stop();

  expect(before.status).toBe(200);
  expect(hanging).toEqual(away);
  expect(after).toEqual(before);
});

test("a database that takes the connection and never says a word is away, however often it is asked", async () => {
  const server = createServer((socket) => socket.on("error", () => {}).resume());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(it.shop.environment.databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const behindIt = openShop(it.shop.environment, { databaseUrl: url.href, poolSize: 2 });
  held.zhangguiShop = behindIt;

  const answers = await Promise.all(Array.from({ length: 6 }, ask)); // More than the pool has connections.
  await behindIt.close();
  server.close();

  expect(answers).toEqual(Array(6).fill(away));
});
