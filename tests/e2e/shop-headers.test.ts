import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { words } from "@/tests/support/shop-words";

let running: RunningShop;

beforeAll(async () => {
  running = await aRunningShop({ worker: false });
});
afterAll(() => running?.stop());

const ask = (path: string, init?: RequestInit) => fetch(running.url + path, { redirect: "manual", ...init });

test("each answer of a page has a nonce of its own, which its scripts carry", async () => {
  const answers = await Promise.all([ask("/"), ask("/")]);
  const nonces = answers.map(
    (one) => /'nonce-([^']+)'/.exec(one.headers.get("content-security-policy") ?? "")?.[1],
  );
  const page = await answers[0]?.text();

  expect(nonces[0]).toMatch(/.{20}/);
  expect(nonces[1]).not.toBe(nonces[0]);
  const scripts = page?.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((script) => !script.includes(`nonce="${nonces[0]}"`))).toEqual([]);
  expect(answers[0]?.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(answers[0]?.headers.get("x-powered-by")).toBeNull();
});

test.each(["/api/notify", "/api/notify/refund", "/api/alarm"])("nothing stands before %s", async (path) => {
  const answer = await ask(path, { method: "POST", body: "not xml" });

  expect(answer.headers.get("content-security-policy")).toBeNull();
  expect(answer.status).toBe(400);
});

test.each([
  "/api",
  "/api/",
  "/api/nothing",
  "/api/orders/1/nothing",
  "/api/notify/nothing",
  "/api/nothing.txt",
])("%s is nowhere, and a program reads that as a problem document", async (path) => {
  const answer = await ask(path, { method: "POST", body: "{}", headers: { "accept-language": "en" } });

  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(await answer.json()).toMatchObject({ status: 404, code: "not_found" });
});

test("the desk sends who has no session to sign in, and back to where they wanted to go", async () => {
  const answer = await ask("/dashboard/orders?status=paid");

  expect(answer.status).toBe(307);
  const place = new URL(answer.headers.get("location") ?? "", running.url);
  expect(place.pathname).toBe("/sign-in");
  expect(place.searchParams.get("returnTo")).toBe("/dashboard/orders?status=paid");
});

test("a picture is served as a picture", async () => {
  const answer = await ask("/pictures/tea.svg");

  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("image/svg+xml");
});

test("nobody has pictures drawn in sizes that no page shows", async () => {
  const answer = await ask("/_next/image?url=%2Fcards%2Ftea.jpg&w=640&q=75");

  expect(answer.status).toBe(404);
});

test.each(["/products/no-such-thing", "/checkout?sku=NO", "/orders/123", "/?cursor=x", "/orders?before=x"])(
  "%s is not found, in the shop's own words, which no script brings",
  async (path) => {
    const answer = await ask(path, { headers: { "accept-language": "en" } });

    expect(answer.status).toBe(404);
    expect((await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "")).toContain(
      "This page was not found",
    );
  },
);

test("a checkout of nothing leads to the cart", async () => {
  const answer = await ask("/checkout");

  expect([answer.status, answer.headers.get("location")]).toEqual([307, "/cart"]);
});

test("an impossible quantity leads back to the product with the reason beside the field", async () => {
  const answer = await ask("/checkout?sku=BRUSH-3&quantity=10000");
  const place = answer.headers.get("location") ?? "";
  const page = await (await ask(place, { headers: { "accept-language": "en" } })).text();

  expect(answer.status).toBe(307);
  expect(place).toBe("/products/brush-set?sku=BRUSH-3&quantity=10000");
  expect(page).toContain(words.en.product.quantityInvalid);
  expect(page).toContain('value="10000"');
});
