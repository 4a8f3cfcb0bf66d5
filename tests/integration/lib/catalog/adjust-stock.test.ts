import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adjustStock, type StockChange } from "@/lib/catalog/adjust-stock";
import { listStockMoves } from "@/lib/catalog/list-stock-moves";
import { createOrder } from "@/lib/orders/create-order";
import type { Person } from "@/lib/staff/person";
import { aShop } from "@/tests/support/a-shop";
import { aPacker, refusalOf } from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop({ poolSize: 12 });
  by = await aPacker(it);
});
afterAll(() => it.close());

const adjust = (variantId: number, change: StockChange, note: string | null = null) =>
  adjustStock(it.shop, { variantId, change, reason: "counted", note, by });
const order = (sku: string) =>
  createOrder(it.shop, {
    buyer: null,
    request: { items: [{ sku, quantity: 1 }], recipient: null },
    idempotencyKey: null,
  });
const stockOf = async (variantId: number) => {
  const [row] =
    await it.sql`SELECT on_hand, allocated, product_id::int FROM variants WHERE id = ${variantId}`;
  return {
    onHand: Number(row?.on_hand),
    allocated: Number(row?.allocated),
    productId: Number(row?.product_id),
  };
};

describe("adjusting a stock", () => {
  test("by so many or by what was counted: each with who, why and what there was then", async () => {
    const { variantId, sku } = await it.aProduct({ onHand: 10 });
    const { productId } = await stockOf(variantId);

    expect(await adjust(variantId, { delta: 5 }, "补货")).toEqual({ before: 10, onHand: 15, delta: 5 });
    expect(await adjust(variantId, { delta: -3 })).toMatchObject({ onHand: 12 });
    expect(await adjust(variantId, { onHand: 8 })).toEqual({ before: 12, onHand: 8, delta: -4 });
    expect(await adjust(variantId, { onHand: 8 })).toEqual({ before: 8, onHand: 8, delta: 0 });

    const { moves, older } = await listStockMoves(it.shop, { productId });
    expect(moves.map(({ delta, onHand, note, byName }) => [delta, onHand, note, typeof byName])).toEqual([
      [-4, 8, null, "string"],
      [-3, 12, null, "string"],
      [5, 15, "补货", "string"],
    ]);
    expect(older).toBeNull();
    const entries = await it.sql`SELECT before, after FROM audit_entries
      WHERE action = 'stock.adjust' AND subject = 'variant' AND subject_id = ${String(variantId)} ORDER BY id`;
    expect(entries).toHaveLength(3);
    expect(entries[2]).toEqual({ before: { onHand: 12 }, after: { sku, onHand: 8, reason: "counted" } });
  });

  test("never below what orders hold, above a million, or by what is no number of pieces", async () => {
    const { variantId, sku } = await it.aProduct({ onHand: 3 });
    await order(sku);
    await order(sku);

    const refused: [StockChange, string][] = [
      [{ delta: -2 }, "stock_too_low"],
      [{ onHand: 1 }, "stock_too_low"],
      [{ delta: 999_998 }, "stock_too_low"],
      [{ delta: 0 }, "malformed"],
      [{ delta: 1.5 }, "malformed"],
      [{ onHand: -1 }, "malformed"],
      [{ onHand: Number.NaN }, "malformed"],
      [{ onHand: 1_000_001 }, "malformed"],
    ];
    for (const [change, code] of refused) expect(await refusalOf(adjust(variantId, change))).toBe(code);
    expect(await refusalOf(adjust(0, { delta: 1 }))).toBe("not_found");
    expect(await stockOf(variantId)).toMatchObject({ onHand: 3, allocated: 2 });
    expect(await adjust(variantId, { onHand: 2 })).toMatchObject({ onHand: 2 });
  });

  test("while buyers order: what they hold is there, and the history adds up, each time", async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 25; round++) {
      const { variantId, sku } = await it.aProduct({ onHand: 6 });
      const change = round % 2 ? { delta: -4 } : { onHand: 2 };

      const [adjusted, ...ordered] = await Promise.all([
        refusalOf(adjust(variantId, change)),
        ...Array.from({ length: 4 }, () => refusalOf(order(sku))),
      ]);

      const { onHand, allocated, productId } = await stockOf(variantId);
      const { moves } = await listStockMoves(it.shop, { productId });
      const taken = ordered.filter((outcome) => outcome === "done").length;
      expect([allocated, onHand]).toEqual([taken, 6 + moves.reduce((sum, { delta }) => sum + delta, 0)]);
      expect(adjusted === "done" ? onHand === 2 && taken <= 2 : onHand === 6 && taken > 2).toBe(true);
      ends.add(adjusted);
    }
    expect(ends).toContain("done");
  });
});
