import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { GET as health } from "@/app/api/health/route";
import { GET as openapi } from "@/app/api/openapi.json/route";
import { POST as cancel } from "@/app/api/orders/[orderNo]/cancel/route";
import { GET as readOrder } from "@/app/api/orders/[orderNo]/route";
import { POST as createOrder, GET as listOrders } from "@/app/api/orders/route";
import { GET as readProduct } from "@/app/api/products/[slug]/route";
import { GET as listProducts } from "@/app/api/products/route";
import { fillDemoShop } from "@/lib/demo/fill-demo-shop";
import {
  CancelAnswer,
  HealthAnswer,
  OrderAnswer,
  OwnOrderListAnswer,
  ProblemAnswer,
  ProductAnswer,
  ProductListAnswer,
} from "@/lib/openapi/schemas";
import { aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
  await fillDemoShop(it.shop);
});
afterAll(() => it.close());

const url = (path: string) => `http://127.0.0.1${path}`;
/** Strict, so that a field which the document does not name is a failure too. */
const parse = async (schema: z.ZodObject, answer: Response) => schema.strict().parse(await answer.json());

test("what the API answers is what its document says, field by field", async () => {
  const ordered = await createOrder(
    new Request(url("/api/orders"), {
      method: "POST",
      body: JSON.stringify({
        items: [{ sku: "BOWL-PLUM", quantity: 1 }],
        recipient: aRecipient,
        note: "礼盒装",
      }),
    }),
    undefined,
  );
  const cookie = ordered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const order = await parse(OrderAnswer, ordered);
  const params = Promise.resolve({ orderNo: String(order.orderNo) });
  const request = (path: string, method = "GET") => new Request(url(path), { method, headers: { cookie } });

  expect(ordered.status).toBe(201);
  await parse(OrderAnswer, await readOrder(request(`/api/orders/${order.orderNo}`), { params }));
  const own = await parse(OwnOrderListAnswer, await listOrders(request("/api/orders?show=pay"), undefined));
  expect(own.items).toMatchObject([{ orderNo: order.orderNo, lines: [{ quantity: 1 }] }]);
  await parse(CancelAnswer, await cancel(request(`/api/orders/${order.orderNo}/cancel`, "POST"), { params }));
  await parse(ProductListAnswer, await listProducts(request("/api/products"), undefined));
  await parse(
    ProductAnswer,
    await readProduct(request("/api/products/spring-tea"), {
      params: Promise.resolve({ slug: "spring-tea" }),
    }),
  );
  await parse(HealthAnswer, await health());
});

test("a refusal is a problem document in the caller's language, with its field", async () => {
  const body = JSON.stringify({
    items: [{ sku: "BOWL-PLUM", quantity: 1 }],
    recipient: { ...aRecipient, phone: "+1 555 0100" },
  });
  const refuse = (language: string) =>
    createOrder(
      new Request(url("/api/orders"), { method: "POST", body, headers: { "accept-language": language } }),
      undefined,
    );

  const [chinese, english] = [await refuse("zh-CN"), await refuse("en-GB,en;q=0.9")];

  expect(chinese.status).toBe(422);
  expect(chinese.headers.get("content-type")).toContain("application/problem+json");
  expect(ProblemAnswer.parse(await chinese.json())).toMatchObject({
    code: "recipient_invalid",
    errors: [
      {
        path: "recipient.phone",
        message: "这是境外号码。快递只能联系大陆手机号，请填写收货人的 11 位手机号。",
      },
    ],
  });
  expect(ProblemAnswer.parse(await english.json()).errors?.[0]?.message).toContain("11 digits");
});

test("every reference in the document leads somewhere", async () => {
  const document = await (await openapi()).json();

  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    (match) => match[1],
  );

  expect(references.length).toBeGreaterThan(10);
  for (const name of references) expect(document.components.schemas).toHaveProperty(String(name));
});
