import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/wechat/js-sdk/route";
import { PageSignatureAnswer } from "@/lib/openapi/schemas";
import { openShop, type Shop } from "@/lib/shop";
import { signJsSdk } from "@/lib/wechat/js-sdk";
import { aCaller } from "@/tests/support/a-caller";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
let other: Shop;
beforeAll(async () => {
  it = await aShopAtWechat();
  other = openShop(it.shop.environment, { poolSize: 10, now: it.shop.now }); // Another process, as far as the database knows.
});
beforeEach(async () => {
  await it.sql`DELETE FROM access_tokens`;
  await it.sql`DELETE FROM alarms`;
  await it.sandbox.disarm();
});
afterAll(async () => {
  await other.close();
  await it.close();
});

const page = () => `${it.shop.environment.siteUrl}/products/spring-tea?from=singlemessage&%E8%8C%B6=1`;
const caller = aCaller();
const sign = (url = page(), by = caller) =>
  by.call((request) => GET(request, {}), {
    path: `/api/wechat/js-sdk?${new URLSearchParams({ url })}`,
    method: "GET",
  });
const asked = async (call = "getticket") => (await it.sandbox.calls({ call })).length;
const troubles = () =>
  it.sql`SELECT dedupe_key, status, facts->>'code' AS code FROM alarms WHERE kind = 'token_trouble'`;

test("a page of ours is signed with the ticket that WeChat gave, byte for byte as the browser has its address", async () => {
  const { status, body } = await sign(`${page()}#reviews`);

  expect(status).toBe(200);
  const { appId, signature, ...signed } = PageSignatureAnswer.parse(body);
  const { ticket } = await it.sandbox.control<{ ticket: string }>("page-ticket");
  expect(appId).toBe(it.shop.environment.wechat.appId);
  expect(signature).toBe(signJsSdk({ ticket, ...signed, url: page() }));
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/products/spring-tea",
  "javascript:alert(1)",
  "",
  `http://${"a".repeat(2000)}`,
])("%s is no page of ours", async (url) => {
  expect(await sign(url)).toMatchObject({ status: 400, body: { code: "malformed" } });
});

test("nor is another port, another scheme, or a name that only begins like ours", async () => {
  const { siteUrl } = it.shop.environment;
  const { hostname, port, host } = new URL(siteUrl);
  const others = [`https://${host}/`, `http://${hostname}:${Number(port) + 1}/`, `${siteUrl}@evil.example/`];

  const answers = await Promise.all(others.map((url) => sign(url)));

  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
});

test("twenty pages at once in two processes ask WeChat for one ticket", async () => {
  const { signPage } = await import("@/lib/js-sdk/sign-page");
  const before = await asked();

  await Promise.all(
    [it.shop, other].flatMap((shop) => Array.from({ length: 10 }, () => signPage(shop, page()))),
  );

  expect((await asked()) - before).toBe(1);
});

test("the ticket is asked for again after half an hour, whatever life WeChat promises it, and lies sealed", async () => {
  const before = await asked();
  const now = it.clock.now;
  const after = async (minutes: number) => {
    it.clock.now = new Date(now.getTime() + minutes * 60_000);
    await sign();
    return (await asked()) - before;
  };

  const counts = [await after(0), await after(29), await after(31)];
  it.clock.now = now;

  expect(counts).toEqual([1, 1, 2]);
  const rows = await it.sql`SELECT sealed_token FROM access_tokens WHERE purpose = 'jsapi_ticket'`;
  expect(rows).toHaveLength(1);
  expect(rows[0]?.sealed_token).not.toContain("sandbox_ticket");
});

test("a token that has run out is refreshed once on the way to a ticket", async () => {
  await sign();
  await it.sql`DELETE FROM access_tokens WHERE purpose = 'jsapi_ticket'`;
  await it.sandbox.expireToken();

  expect((await sign()).status).toBe(200);
  expect(await troubles()).toEqual([]);
});

test("while WeChat gives none, a hundred pages make it asked once, and after five minutes all is well", async () => {
  await it.sandbox.fault({ call: "getticket", kind: "error", times: 100, options: { code: "48001" } });
  const before = await asked();

  const first = await sign();
  const answers = await Promise.all(Array.from({ length: 99 }, () => sign()));

  expect(first).toMatchObject({ status: 503, body: { code: "wechat_refused" } });
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(["wechat_unavailable"]));
  expect((await asked()) - before).toBe(1);
  await it.sandbox.disarm();
  const now = it.clock.now;
  it.clock.now = new Date(now.getTime() + 5 * 60_000 + 1000);
  expect((await sign()).status).toBe(200);
  it.clock.now = now;
});

test("a refused secret is an alarm like any other trouble with the token, and a ticket ends it", async () => {
  await it.sandbox.fault({ call: "stable_token", kind: "error", options: { code: "40125" } });

  expect((await sign()).status).toBe(503);
  expect(await troubles()).toMatchObject([{ status: "open", code: "40125" }]);

  await it.sql`UPDATE access_tokens SET resting_until = NULL`;
  expect((await sign()).status).toBe(200);
  expect(await troubles()).toMatchObject([{ status: "resolved" }]);
});

test("one address may ask three hundred times a minute", async () => {
  const stranger = aCaller({ address: "203.0.113.77" });
  await it.sql`INSERT INTO rate_limits (key, points, expire)
    VALUES ('js-sdk:203.0.113.77', 300, ${Date.now() + 60_000})`;

  expect(await sign(page(), stranger)).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
  expect((await sign(page(), aCaller({ address: "203.0.113.78" }))).status).toBe(200);
});
