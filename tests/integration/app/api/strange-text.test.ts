import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as product } from "@/app/api/products/[slug]/route";
import { findProduct } from "@/lib/catalog/find-product";
import { findOrder } from "@/lib/orders/find-order";
import { aCaller } from "@/tests/support/a-caller";
import { aPhone, aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

/** What JSON can carry and PostgreSQL cannot. */
const strange = ["a\u0000b", "\ud800", "\udc00x"];

test.each(strange)(
  "a text that no row can hold (%j) is malformed wherever it stands, not our fault",
  async (text) => {
    const { sku } = await it.aProduct({ kind: "physical" });
    const items = [{ sku, quantity: 1 }];
    const recipient = { ...aRecipient, phone: aPhone() };

    const answers = [
      await aCaller().order({ items, recipient, note: text }),
      await aCaller().order({ items, recipient: { ...recipient, name: text } }),
      await aCaller().order({ items, recipient: { ...recipient, [text]: 1 } }),
      await aCaller().order({ items: [{ sku: text, quantity: 1 }], recipient }),
    ];

    for (const { status, body } of answers) expect([status, body.code]).toEqual([400, "malformed"]);
  },
);

test("a NUL in an address is nobody's address", async () => {
  const buyer = aCaller();
  const { sku } = await it.aProduct();
  await buyer.order({ items: [{ sku, quantity: 1 }] });

  const statuses = [
    (await buyer.read("1\u0000")).status,
    (await buyer.cancel("1\u0000")).status,
    (
      await product(new Request("http://shop.test/api/products/a%00"), {
        params: Promise.resolve({ slug: "a\u0000" }),
      })
    ).status,
  ];

  expect(statuses).toEqual([404, 404, 404]);
  expect(await findProduct(it.shop, "a\u0000")).toBeNull();
  expect(await findOrder(it.shop, { orderNo: "1\u0000", memberId: 1 })).toBeNull();
});

test("emoji, quotes and SQL are only text", async () => {
  const { sku } = await it.aProduct({ kind: "physical" });
  const caller = aCaller();
  const note = "🍊 '; DROP TABLE orders; -- \" \\ %_ ​";

  const { body } = await caller.order({
    items: [{ sku, quantity: 1 }],
    recipient: { ...aRecipient, phone: aPhone(), name: "O'Brien 𠮷" },
    note,
  });

  expect((await caller.read(String(body.orderNo))).body).toMatchObject({
    note,
    recipient: { name: "O'Brien 𠮷" },
  });
});
