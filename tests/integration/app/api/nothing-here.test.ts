import { afterAll, beforeAll, expect, test } from "vitest";
import * as nothingHere from "@/app/api/[[...path]]/route";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const cases = Object.entries(nothingHere).flatMap(([method, handler]) =>
  ["/api", "/api/nothing", "/api/orders/1/nothing", "/api/%00", "/api/notify.php?x=1"].map(
    (path) => [method, path, handler] as const,
  ),
);

test("every method that a program may try is there", () => {
  expect(Object.keys(nothingHere).sort()).toEqual(["DELETE", "GET", "PATCH", "POST", "PUT"]);
});

test.each(cases)("%s %s is a problem document, not a page", async (method, path, handler) => {
  const body = method === "GET" ? undefined : "<xml></xml>";
  const request = new Request(`http://shop.test${path}`, {
    method,
    body,
    headers: { "accept-language": "en" },
  });

  const response = await handler(request, {});

  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(await response.json()).toMatchObject({ type: "about:blank", status: 404, code: "not_found" });
});
