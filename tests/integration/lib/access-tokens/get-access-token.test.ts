import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { getAccessToken } from "@/lib/access-tokens/get-access-token";
import { openShop, type Shop } from "@/lib/shop";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
let other: Shop;
beforeAll(async () => {
  it = await aShopAtWechat();
  other = openShop(it.shop.environment, { poolSize: 10, now: it.shop.now }); // Another process, as far as the database knows.
});
beforeEach(async () => {
  await it.sql`DELETE FROM access_tokens`;
  await it.sandbox.disarm();
});
afterAll(async () => {
  await other.close();
  await it.close();
});

const app = () => ({
  appId: it.shop.environment.wechat.appId,
  appSecret: it.shop.environment.wechat.appSecret,
});
const asked = async () => (await it.sandbox.calls({ call: "stable_token" })).length;

test("ten callers at once in each of two processes ask WeChat once", async () => {
  const before = await asked();

  const tokens = await Promise.all(
    [it.shop, other].flatMap((shop) => Array.from({ length: 10 }, () => getAccessToken(shop, app()))),
  );

  expect(new Set(tokens).size).toBe(1);
  expect((await asked()) - before).toBe(1);
});

test("the token is sealed at rest, and a changed DATA_KEY only means asking again", async () => {
  const token = await getAccessToken(it.shop, app());
  const [row] = await it.sql`SELECT sealed_token FROM access_tokens`;
  const otherKey = {
    ...it.shop,
    environment: { ...it.shop.environment, dataKey: Buffer.alloc(32, 7).toString("base64") },
  };

  const again = await getAccessToken(otherKey, app());

  expect(row?.sealed_token).not.toContain(token);
  expect(again).toBeTruthy();
});

test("it is renewed five minutes before its end", async () => {
  const before = await asked();
  await getAccessToken(it.shop, app());
  const now = it.clock.now;
  const at = async (ms: number) => {
    it.clock.now = new Date(now.getTime() + ms);
    await getAccessToken(it.shop, app());
    return (await asked()) - before;
  };

  const counts = [
    await at(0),
    await at(7200_000 - 5 * 60_000 - 5000),
    await at(7200_000 - 5 * 60_000 + 5000),
  ];
  it.clock.now = now;

  expect(counts).toEqual([1, 1, 2]);
});

test("a token that WeChat has just refused is refreshed by one of ten, once", async () => {
  const refused = await getAccessToken(it.shop, app());
  // WeChat's new one: what the sandbox answers now differs from what is stored.
  const { seal } = await import("@/lib/db/seal");
  await it.sql`UPDATE access_tokens SET sealed_token = ${seal("stale-token", it.shop.environment.dataKey)}`;
  const before = await asked();

  const tokens = await Promise.all(
    [it.shop, other].flatMap((shop) =>
      Array.from({ length: 5 }, () => getAccessToken(shop, { ...app(), not: "stale-token" })),
    ),
  );

  expect(new Set(tokens)).toEqual(new Set([refused]));
  expect((await asked()) - before).toBe(1);
});

test("a refresher that was killed blocks the others for twenty seconds, not for ever", async () => {
  const past = new Date(it.clock.now.getTime() - 1).toISOString();
  await it.sql`INSERT INTO access_tokens (appid, refreshing_until) VALUES (${app().appId}, ${past})`;

  expect(await getAccessToken(it.shop, app())).toBeTruthy();
});

test("WeChat's refusal reaches the caller, and the next one may try", async () => {
  await it.sandbox.fault({ call: "stable_token", kind: "error", options: { code: "40125" } });

  await expect(getAccessToken(it.shop, app())).rejects.toMatchObject({ code: "40125", kind: "refused" });
  expect(await getAccessToken(it.shop, app())).toBeTruthy();
});

test("two apps have a token each", async () => {
  const { mini } = it.shop.environment.wechat;
  if (!mini) throw new Error("the sandbox has a mini program");

  const tokens = [await getAccessToken(it.shop, app()), await getAccessToken(it.shop, mini)];

  expect(new Set(tokens).size).toBe(2);
});
