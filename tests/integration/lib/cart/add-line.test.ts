import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addLine } from "@/lib/cart/add-line";
import { countCart } from "@/lib/cart/count-cart";
import { readCart } from "@/lib/cart/read-cart";
import { toAppError } from "@/lib/http/problem";
import { openGuest } from "@/lib/members/open-guest";
import { aShop } from "@/tests/support/a-shop";

let a: Awaited<ReturnType<typeof aShop>>;
let memberId: number;
beforeAll(async () => {
  a = await aShop();
});
beforeEach(async () => {
  memberId = (await openGuest(a.shop, randomUUID())).buyer.memberId;
});
afterAll(() => a.close());

function add(sku: string, quantity = 1, addKey: string = randomUUID()) {
  return addLine(a.shop, { memberId, sku, quantity, addKey });
}

function codeOf(call: Promise<unknown>): Promise<string | null> {
  return call.then(
    () => null,
    (error) => toAppError(error).code,
  );
}

test("a form pressed a hundred times at once adds once, and each answer says how many there are", async () => {
  const { sku } = await a.aProduct({ onHand: 5000 });
  const addKey = randomUUID();

  const answers = await Promise.all(Array.from({ length: 100 }, () => add(sku, 3, addKey)));

  expect(answers.map(({ quantity }) => quantity)).toEqual(Array(100).fill(3));
  expect(answers.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
  expect(await countCart(a.shop, memberId)).toBe(3);
});

test("a hundred pages at once add all that they should, up to what there is", async () => {
  const { sku } = await a.aProduct({ onHand: 90 });

  const answers = await Promise.all(Array.from({ length: 100 }, () => add(sku)));

  expect(answers.filter(({ added }) => added === 1)).toHaveLength(90);
  expect(await readCart(a.shop, memberId)).toMatchObject([{ sku, quantity: 90, available: 90 }]);
});

test("the same page with another quantity, after going back, is another wish", async () => {
  const { sku } = await a.aProduct();
  const addKey = randomUUID();
  await add(sku, 1, addKey);

  expect(await add(sku, 2, addKey)).toMatchObject({ quantity: 3, added: 2, isRepeated: false });
});

test("fewer than asked for are added where no more can be had, and none is taken away", async () => {
  const { sku, variantId } = await a.aProduct({ onHand: 5 });

  expect(await add(sku, 9999)).toMatchObject({ added: 5, quantity: 5, available: 5 });
  await a.sql`UPDATE variants SET on_hand = 2 WHERE id = ${variantId}`;
  expect(await add(sku, 1)).toMatchObject({ added: 0, quantity: 5, available: 2 });
});

test("a press that added nothing is no press that was repeated: with new stock it adds", async () => {
  const { sku, variantId } = await a.aProduct({ onHand: 5 });
  await add(sku, 5);
  const addKey = randomUUID();
  expect(await add(sku, 1, addKey)).toMatchObject({ added: 0, isRepeated: false });
  await a.sql`UPDATE variants SET on_hand = 6 WHERE id = ${variantId}`;

  expect(await add(sku, 1, addKey)).toMatchObject({ added: 1, quantity: 6, isRepeated: false });
});

test("the key of a form, which opens its guest's session, is kept by nobody", async () => {
  const { sku } = await a.aProduct();
  const addKey = randomUUID();
  await add(sku, 1, addKey);

  const [line] = await a.sql`SELECT add_key AS "addKey" FROM cart_lines WHERE member_id = ${memberId}`;
  expect(line?.addKey).toEqual(expect.any(String));
  expect(line?.addKey).not.toContain(addKey);
});

test("nobody has more than 9999 of one thing", async () => {
  const { sku } = await a.aProduct({ onHand: 50_000 });
  await add(sku, 9990);

  expect(await add(sku, 20)).toMatchObject({ added: 9, quantity: 9999 });
});

test("what is sold out, withdrawn or unknown is refused", async () => {
  const soldOut = await a.aProduct({ onHand: 0 });
  const withdrawn = await a.aProduct();
  await a.sql`UPDATE products SET on_sale = false WHERE slug = ${withdrawn.slug}`;

  expect(await codeOf(add(soldOut.sku))).toBe("out_of_stock");
  expect(await codeOf(add(withdrawn.sku))).toBe("product_unavailable");
  expect(await codeOf(add("nothing"))).toBe("product_unavailable");
  expect(await codeOf(add("\0"))).toBe("product_unavailable");
});

test("of fifty-one kinds added at once fifty are in the cart, and more of those can still be added", async () => {
  const goods = await Promise.all(Array.from({ length: 51 }, () => a.aProduct()));

  const codes = await Promise.all(goods.map(({ sku }) => codeOf(add(sku))));

  expect(codes.filter((code) => code === "cart_full")).toHaveLength(1);
  const [line] = await readCart(a.shop, memberId);
  expect(await add(line?.sku ?? "", 2)).toMatchObject({ quantity: 3 });
});

test("adding more never says that a new price was seen", async () => {
  const { sku } = await a.aProduct({ priceFen: 8800 });
  await add(sku);
  await a.sql`UPDATE variants SET price_fen = 9900 WHERE sku = ${sku}`;

  await add(sku);

  expect(await readCart(a.shop, memberId)).toMatchObject([{ quantity: 2, priceFen: 9900, seenFen: 8800 }]);
});

test("a buyer whom the shop has blocked fills no cart", async () => {
  const { sku } = await a.aProduct();
  await a.sql`UPDATE members SET blocked_at = now(), blocked_reason = 'x' WHERE id = ${memberId}`;

  expect(await codeOf(add(sku))).toBe("member_blocked");
});
