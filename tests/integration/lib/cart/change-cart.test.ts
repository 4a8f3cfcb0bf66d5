import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acknowledgePrices } from "@/lib/cart/acknowledge-prices";
import { addLine } from "@/lib/cart/add-line";
import { countCart } from "@/lib/cart/count-cart";
import { readCart, readCartAndRemoved } from "@/lib/cart/read-cart";
import { removeLine } from "@/lib/cart/remove-line";
import { restoreLine } from "@/lib/cart/restore-line";
import { setQuantity } from "@/lib/cart/set-quantity";
import { openGuest } from "@/lib/members/open-guest";
import { signInWithOpenid } from "@/lib/members/sign-in-with-openid";
import { aShop } from "@/tests/support/a-shop";

let a: Awaited<ReturnType<typeof aShop>>;
let memberId: number;
const aGuest = async () => (await openGuest(a.shop, randomUUID())).buyer.memberId;
beforeAll(async () => {
  a = await aShop();
});
beforeEach(async () => {
  memberId = await aGuest();
});
afterAll(() => a.close());

const add = (sku: string, quantity = 1, of = memberId) =>
  addLine(a.shop, { memberId: of, sku, quantity, addKey: randomUUID() });
const set = (sku: string, quantity: number, toldFen: number | null = null) =>
  setQuantity(a.shop, { memberId, sku, quantity, toldFen });
const remove = (sku: string) => removeLine(a.shop, { memberId, sku });
const restore = (sku: string) => restoreLine(a.shop, { memberId, sku });
const cart = (of = memberId) => readCart(a.shop, of);

describe("a quantity", () => {
  test("is what the buyer says it is, whatever the other tab believed", async () => {
    const { sku } = await a.aProduct();
    await add(sku, 2);

    await Promise.all(Array.from({ length: 100 }, () => set(sku, 3)));

    expect(await cart()).toMatchObject([{ quantity: 3 }]);
  });

  test("is refused beyond what there is, with what there is", async () => {
    const { sku } = await a.aProduct({ onHand: 3 });
    await add(sku);

    await expect(set(sku, 4)).rejects.toMatchObject({ code: "out_of_stock", facts: { available: 3 } });
    expect(await cart()).toMatchObject([{ quantity: 1 }]);
  });

  test("of a line that was taken out, is withdrawn or lies in another's cart is not changed", async () => {
    const [removed, withdrawn, theirs] = [await a.aProduct(), await a.aProduct(), await a.aProduct()];
    await add(removed.sku);
    await remove(removed.sku);
    await add(withdrawn.sku);
    await a.sql`UPDATE variants SET on_sale = false WHERE sku = ${withdrawn.sku}`;
    await add(theirs.sku, 1, await aGuest());

    await expect(set(removed.sku, 2)).rejects.toMatchObject({ code: "not_found" });
    await expect(set(withdrawn.sku, 2)).rejects.toMatchObject({ code: "product_unavailable" });
    await expect(set(theirs.sku, 2)).rejects.toMatchObject({ code: "not_found" });
    await expect(set("\0", 2)).rejects.toMatchObject({ code: "not_found" });
    expect(await cart()).toMatchObject([{ sku: withdrawn.sku, quantity: 1, isOnSale: false }]);
  });
});

describe("a line that is taken out", () => {
  test("stays out, and comes back as it was, in its place, however often that is asked", async () => {
    const goods = [await a.aProduct(), await a.aProduct(), await a.aProduct()];
    for (const { sku } of goods) await add(sku, 4);
    const before = await cart();
    const { sku = "" } = before[1] ?? {};

    await Promise.all([remove(sku), remove(sku)]);
    expect(await countCart(a.shop, memberId)).toBe(8);
    const shown = await readCartAndRemoved(a.shop, memberId);
    expect(shown).toEqual(before.map((line, place) => ({ ...line, isRemoved: place === 1 })));
    await Promise.all([restore(sku), restore(sku)]);

    expect(await cart()).toEqual(before);
    expect((await readCartAndRemoved(a.shop, memberId)).some(({ isRemoved }) => isRemoved)).toBe(false);
  });

  test("comes anew when it is added again, also by the form that had added it", async () => {
    const { sku } = await a.aProduct();
    const wish = { memberId, sku, quantity: 5, addKey: randomUUID() };
    await addLine(a.shop, wish);
    await remove(sku);

    await addLine(a.shop, wish);

    expect(await cart()).toMatchObject([{ quantity: 5 }]);
  });

  test("has no way back into a full cart, and after ten minutes none is shown", async () => {
    const { sku } = await a.aProduct();
    await add(sku);
    await remove(sku);
    for (let n = 0; n < 50; n++) await add((await a.aProduct()).sku);

    await expect(restore(sku)).rejects.toMatchObject({ code: "cart_full" });
    const later = { ...a.shop, now: () => new Date(a.clock.now.getTime() + 11 * 60_000) };
    expect(await readCartAndRemoved(a.shop, memberId)).toHaveLength(51);
    expect(await readCartAndRemoved(later, memberId)).toHaveLength(50);
  });
});

describe("a price that changed", () => {
  test("was told only once the buyer goes on with the page that told it", async () => {
    const { sku } = await a.aProduct({ priceFen: 8800 });
    await add(sku);
    await a.sql`UPDATE variants SET price_fen = 9900 WHERE sku = ${sku}`;

    await set(sku, 2);
    expect(await cart()).toMatchObject([{ quantity: 2, priceFen: 9900, seenFen: 8800 }]);
    await set(sku, 3, 9900);
    expect(await cart()).toMatchObject([{ quantity: 3, seenFen: 9900 }]);
  });

  test("and changed again since it was told is told again", async () => {
    const { sku } = await a.aProduct({ priceFen: 8800 });
    const other = await a.aProduct({ priceFen: 100 });
    for (const one of [sku, other.sku]) await add(one);
    await a.sql`UPDATE variants SET price_fen = 7700 WHERE sku = ${sku}`;

    await acknowledgePrices(a.shop, {
      memberId,
      told: [sku, "\0"].map((one) => ({ sku: one, priceFen: 9900 })),
    });

    expect(await cart()).toMatchObject([
      { sku: other.sku, priceFen: 100, seenFen: 100 },
      { sku, priceFen: 7700, seenFen: 9900 },
    ]);
  });
});

describe("a guest who signs in", () => {
  const signIn = (openid: string, guestId: number | null) =>
    a.shop.db.transaction((tx) => signInWithOpenid(tx, { appid: "wx", openid, guestId }));

  test("brings the cart along: of what lies in both carts the greater quantity", async () => {
    const known = await signIn("oCart", null);
    const [both, mine, theirs, gone] = await Promise.all(Array.from({ length: 4 }, () => a.aProduct()));
    for (const [sku = "", own, guests] of [
      [both?.sku, 5, 2],
      [mine?.sku, 1, 0],
      [theirs?.sku, 0, 7],
      [gone?.sku, 3, 1],
    ] as const) {
      if (own) await add(sku, own, known);
      if (guests) await add(sku, guests);
    }
    await removeLine(a.shop, { memberId: known, sku: gone?.sku ?? "" });

    await signIn("oCart", memberId);

    const lines = await cart(known);
    expect(Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]))).toEqual({
      [both?.sku ?? ""]: 5,
      [mine?.sku ?? ""]: 1,
      [theirs?.sku ?? ""]: 7,
      [gone?.sku ?? ""]: 1,
    });
  });

  test("brings the address book along: each address once, one default", async () => {
    const known = await signIn("oBook", null);
    const write = (of: number, street: string, isDefault: boolean, usedAt: string | null) =>
      a.sql`INSERT INTO addresses (member_id, name, phone, province, city, district, address, is_default, used_at)
        VALUES (${of}, '李雷', '13800138000', '广东省', '东莞市', '', ${street}, ${isDefault}, ${usedAt})`;
    await write(known, "一路", true, null);
    await write(memberId, "一路", false, "2026-11-01");
    await write(memberId, "二路", true, null);

    await signIn("oBook", memberId);

    const book = await a.sql`SELECT address, is_default, used_at IS NOT NULL AS used FROM addresses
      WHERE member_id = ${known} ORDER BY address`;
    expect([...book]).toEqual([
      { address: "一路", is_default: true, used: true },
      { address: "二路", is_default: false, used: false },
    ]);
  });

  test("while a line is being added loses none, or is told to ask again", async () => {
    for (let round = 0; round < 20; round++) {
      const known = await signIn(`oRace${round}`, null);
      const guest = await aGuest();
      const { sku } = await a.aProduct();

      const [added] = await Promise.allSettled([add(sku, 2, guest), signIn(`oRace${round}`, guest)]);

      const isThere = (await cart(known)).some((line) => line.sku === sku && line.quantity === 2);
      expect(isThere).toBe(added.status === "fulfilled");
    }
  });
});
