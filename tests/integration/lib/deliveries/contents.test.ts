import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mostCodes } from "@/lib/deliveries/add-codes";
import { deliverVirtual } from "@/lib/deliveries/deliver-virtual";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { listContents } from "@/lib/deliveries/list-contents";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { aVirtualShop } from "@/tests/support/a-virtual-shop";

let it: Awaited<ReturnType<typeof aVirtualShop>>;
beforeAll(async () => {
  it = await aVirtualShop();
});
afterAll(() => it.close());

const entriesOf = (variantId: number) =>
  it.sql`SELECT action, before, after FROM audit_entries WHERE subject = 'variant' AND subject_id = ${String(variantId)} ORDER BY id`;

describe("what a variant is delivered as", () => {
  test.each([
    ["text", ""],
    ["text", "  \n "],
    ["text", "x".repeat(2001)],
    ["text", "a\0b"],
    ["link", ""],
    ["link", "http://plain.example/"],
    ["link", "javascript:alert(1)"],
    ["link", "https://two.example/ https://words.example/"],
    ["link", `https://long.example/${"x".repeat(2000)}`],
    ["codes-of-mine", undefined],
  ])("%s %j is refused, and nothing changes", async (kind, text) => {
    const { sku, variantId } = await it.aProduct();

    await expect((async () => it.set(sku, kind, text))()).rejects.toMatchObject({ code: "content_invalid" });

    expect(await it.sql`SELECT 1 FROM virtual_contents WHERE variant_id = ${variantId}`).toEqual([]);
  });

  test("is kept sealed, and the trail tells who changed it but not what it is", async () => {
    const { sku, variantId } = await it.aProduct();

    await it.set(sku, "text", "密码是 open-sesame");
    await it.set(sku, "link", "https://open-sesame.example/");
    await it.set(sku, "none");

    const entries = await entriesOf(variantId);
    expect(entries.map(({ action, before, after }) => [action, before?.kind, after?.kind])).toEqual([
      ["variant.set_content", "none", "text"],
      ["variant.set_content", "text", "link"],
      ["variant.set_content", "link", "none"],
    ]);
    expect(JSON.stringify(entries)).not.toContain("open-sesame");
    await it.set(sku, "text", "密码是 open-sesame");
    const [row] = await it.sql`SELECT sealed FROM virtual_contents WHERE variant_id = ${variantId}`;
    expect(row?.sealed).not.toContain("open-sesame");
  });

  test("is nobody's for goods that are sent, or that are not there", async () => {
    const { sku } = await it.aProduct({ kind: "physical" });

    for (const wrong of [sku, "NO-SUCH", "A\0"]) {
      await expect(it.set(wrong, "text", "x")).rejects.toMatchObject({ code: "not_found" });
      await expect(it.add(wrong, ["x"])).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("adding codes", () => {
  test("tells the lines that were there above, in the stock, or given away before", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["GIVEN", "STOCK"]);
    await deliverVirtual(it.shop, (await it.paid(sku)).orderId);

    const answer = await it.add(sku, ["NEW", " NEW ", "", "GIVEN", "OTHER", "STOCK", "\r"]);

    expect(answer).toEqual({ added: 2, repeated: [2], known: [4, 6] });
    expect(await it.stock(variantId)).toEqual({ free: 3, given: 1 });
    const last = (await entriesOf(variantId)).at(-1);
    expect(last).toMatchObject({ action: "variant.add_codes", after: { added: 2, repeated: 1, known: 2 } });
    expect(JSON.stringify(last)).not.toContain("NEW");
    const rows =
      await it.sql`SELECT sealed || fingerprint AS kept FROM codes WHERE variant_id = ${variantId}`;
    expect(rows.some(({ kept }) => String(kept).includes("OTHER"))).toBe(false);
  });

  test("two people who add the same codes at the same moment add each once", async () => {
    const { sku, variantId } = await it.goodsWithCodes();
    const codes = Array.from({ length: 500 }, (_, n) => `BOTH-${n}`);

    const [one, other] = await Promise.all([it.add(sku, codes), it.add(sku, codes.toReversed())]);

    expect(one.added + other.added).toBe(500);
    expect(await it.stock(variantId)).toEqual({ free: 500, given: 0 });
  });

  test("the same code may be in the stock of two variants", async () => {
    const [one, other] = [await it.goodsWithCodes(["SAME"]), await it.goodsWithCodes()];

    expect(await it.add(other.sku, ["SAME"])).toMatchObject({ added: 1 });
    expect(await it.stock(one.variantId)).toEqual({ free: 1, given: 0 });
  });

  test("makes codes what goods are delivered as that had nothing stored; a text stays a text", async () => {
    const [empty, texted] = [await it.aProduct(), await it.aProduct()];
    await it.set(texted.sku, "text", "x");

    await it.add(empty.sku, ["A"]);
    await it.add(texted.sku, ["A"]);

    const { contents } = await listContents(it.shop);
    const kindOf = (id: number) => contents.find(({ variantId }) => variantId === id)?.kind;
    expect([kindOf(empty.variantId), kindOf(texted.variantId)]).toEqual(["codes", "text"]);
  });

  test("takes ten thousand at once, and none of one more, nor an empty form, nor a line too long", async () => {
    const { sku, variantId } = await it.goodsWithCodes();
    const many = Array.from({ length: mostCodes }, (_, n) => `MANY-${n}`);

    for (const lines of [
      [...many, "ONE-MORE"],
      ["", " "],
      ["FINE", "x".repeat(2001)],
    ])
      await expect(it.add(sku, lines)).rejects.toMatchObject({ code: "content_invalid" });
    expect(await it.stock(variantId)).toEqual({ free: 0, given: 0 });

    expect(await it.add(sku, many)).toEqual({ added: mostCodes, repeated: [], known: [] });
  });
});

test("the list tells of each virtual variant how it is delivered, what is in stock and who waits; never a content", async () => {
  const { sku, variantId } = await it.goodsWithCodes(["SECRET-1", "SECRET-2"]);
  const sent = await it.aProduct({ kind: "physical" });
  await deliverVirtual(it.shop, (await it.paid(sku)).orderId);
  await deliverVirtual(it.shop, (await it.paid({ sku, quantity: 2 })).orderId);

  const { contents } = await listContents(it.shop);

  const listed = contents.find((one) => one.variantId === variantId);
  expect(listed).toEqual({
    ...{
      variantId,
      productId: expect.any(Number),
      sku,
      title: expect.stringMatching(/^商品 \d+$/),
      onSale: true,
      available: 997,
    },
    ...{ kind: "codes", readable: true, free: 1, unreadable: 0, uncomparable: 0, given: 1, waiting: 1 },
  });
  expect(contents.some((one) => one.variantId === sent.variantId)).toBe(false);
  expect(await listContents(it.shop, { productId: listed?.productId })).toEqual({
    contents: [listed],
    older: null,
  });
  expect(JSON.stringify(contents)).not.toContain("SECRET");
});

describe("a person who delivers virtual goods by hand", () => {
  const byHand = (orderNo: string, note: string | null = null) =>
    shipOrder(it.shop, { orderNo, parcel: { kind: "virtual", note, lines: "rest" }, by: it.by });

  test("hands over what is stored along with a note", async () => {
    const { sku } = await it.goodsWithCodes(["BY-HAND"]);
    const order = await it.paid(sku);

    await byHand(order.orderNo, "辛苦久等");

    expect((await it.seenBy(order)).deliveries).toMatchObject([{ content: "BY-HAND", note: "辛苦久等" }]);
  });

  test("is told that the stock is empty, unless a note says what is handed over instead", async () => {
    const { sku } = await it.goodsWithCodes();
    const order = await it.paid(sku);
    await expect(byHand(order.orderNo)).rejects.toMatchObject({ code: "no_codes_left" });
    expect((await it.seenBy(order)).deliveries).toEqual([]);

    await byHand(order.orderNo, "兑换码 WXYZ");

    expect((await it.seenBy(order)).deliveries).toMatchObject([{ content: null, note: "兑换码 WXYZ" }]);
  });

  test("gives another code for one that did not work; the first is never given again", async () => {
    const { sku, variantId } = await it.goodsWithCodes(["BROKEN", "WORKS"]);
    const order = await it.paid(sku);
    await it.settle();
    const [first] = await it.sql`SELECT id::int FROM deliveries WHERE order_id = ${order.orderId}`;
    const deliveryId = Number(first?.id);
    await failDelivery(it.shop, { deliveryId, by: it.by, reason: "卡密无效" });

    await replaceDelivery(it.shop, { deliveryId, by: it.by, parcel: { kind: "virtual", lines: "rest" } });

    const contents = (await it.seenBy(order)).deliveries.map(({ status, content }) => [status, content]);
    expect(contents).toEqual([
      ["failed", "BROKEN"],
      ["shipped", "WORKS"],
    ]);
    expect(await it.stock(variantId)).toEqual({ free: 0, given: 2 });
  });
});
