import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { type StockReason, stockMoves, variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { type Person, readOptionalNote } from "@/lib/staff/person";
import { productLimits } from "./product-limits";

/** So many more or fewer (`delta`), or what was counted on the shelf (`onHand`). */
export type StockChange = { delta: number } | { onHand: number };

/**
 * Changes what there is of a variant, with a reason, and keeps it in its history. The same number again changes nothing
 * (`delta` 0). `not_found`, `malformed`; `stock_too_low` when orders hold more than would be left.
 */
export async function adjustStock(
  shop: Shop,
  of: { variantId: number; change: StockChange; reason: StockReason; note?: string | null; by: Person },
): Promise<{ before: number; onHand: number; delta: number }> {
  const wish = readChange(of.change);
  const note = readOptionalNote(of.note);
  const now = shop.now();
  return shop.db.transaction(async (tx) => {
    const changed = await changeOnHand(tx, of.variantId, wish);
    const { before, onHand, sku } = changed ?? (await refuse(tx, of.variantId));
    const delta = onHand - before;
    if (delta === 0) return { before, onHand, delta };
    await tx.insert(stockMoves).values({
      ...{ variantId: of.variantId, staffId: of.by.staffId, delta, onHand, note, at: now },
      reason: of.reason,
    });
    await writeEntry(tx, {
      ...of.by,
      action: "stock.adjust",
      subject: "variant",
      subjectId: of.variantId,
      at: now,
      before: { onHand: before },
      after: { sku, onHand, reason: of.reason },
    });
    return { before, onHand, delta };
  });
}

function readChange(change: StockChange): StockChange {
  const most = productLimits.onHand;
  const isWithin =
    "delta" in change
      ? Number.isInteger(change.delta) && change.delta !== 0 && Math.abs(change.delta) <= most
      : Number.isInteger(change.onHand) && change.onHand >= 0 && change.onHand <= most;
  if (!isWithin) throw new AppError("malformed", { errors: [{ path: "amount", code: "amount" }] });
  return change;
}

type Changed = { before: number; onHand: number; sku: string };

/** One statement, so that an order of the same moment is counted in: it waits, or is waited for. */
async function changeOnHand(tx: Tx, variantId: number, wish: StockChange): Promise<Changed | undefined> {
  const onHand = "delta" in wish ? sql`old.on_hand + ${wish.delta}::int` : sql`${wish.onHand}::int`;
  const [changed] = await tx.execute<Changed>(sql`
    WITH old AS (SELECT id, on_hand FROM variants WHERE id = ${variantId} FOR NO KEY UPDATE)
    UPDATE variants v SET on_hand = ${onHand} FROM old
     WHERE v.id = old.id AND ${onHand} BETWEEN v.allocated AND ${productLimits.onHand}
    RETURNING old.on_hand AS before, v.on_hand AS "onHand", v.sku`);
  return changed;
}

async function refuse(tx: Tx, variantId: number): Promise<never> {
  const [variant] = await tx.select().from(variants).where(eq(variants.id, variantId));
  if (!variant) throw new AppError("not_found");
  const { onHand, allocated } = variant;
  throw new AppError("stock_too_low", { onHand, allocated, most: productLimits.onHand });
}
