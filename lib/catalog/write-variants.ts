import { eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { stockMoves, variants } from "@/lib/db/schema/catalog";
import { virtualContents } from "@/lib/db/schema/deliveries";
import { AppError } from "@/lib/http/app-error";
import { insertVariants } from "./insert-variants";
import type { VariantFields } from "./product-fields";
import { isVariantUsed } from "./product-use";

type Row = typeof variants.$inferSelect;
type Facts = Pick<Row, "sku" | "title" | "priceFen" | "onSale" | "position">;
type Told = (Partial<Facts> & { id: number })[];

/**
 * Makes the variants of a product the wished ones, in their order: those that are missing are deleted, `variant_in_use`
 * when orders or codes hang on one. The stock of those that stay is not touched. What changed, or null.
 */
export async function writeVariants(
  tx: Tx,
  of: { productId: number; existing: Row[]; wished: VariantFields[]; staffId: number; at: Date },
): Promise<{ before: Told; after: Told } | null> {
  const placed = of.wished.map((variant, position) => ({ ...variant, position }));
  const stranger = placed.find(({ id }) => id !== null && !of.existing.some((row) => row.id === id));
  if (stranger) throw new AppError("malformed"); // Of another product: no form of ours says that.
  const gone = of.existing.filter(({ id }) => !placed.some((variant) => variant.id === id));
  const changed = of.existing.flatMap((row) => {
    const wish = placed.find(({ id }) => id === row.id);
    const names = wish && factNames.filter((name) => wish[name] !== row[name]);
    return wish && names?.length ? [{ row, wish, names }] : [];
  });
  const added = placed.filter(({ id }) => id === null);
  if (gone.length + changed.length + added.length === 0) return null;

  const isKeyTouched = gone.length > 0 || changed.some(({ names }) => names.includes("sku"));
  const rows = [...gone, ...changed.map(({ row }) => row)];
  // In a rush the lock is long in coming, and what is sold in one is in use already.
  if (gone.length > 0) await refuseUsed(tx, gone);
  await lockVariants(tx, rows, isKeyTouched ? "update" : "no key update");
  await deleteVariants(tx, gone);
  await changeVariants(tx, changed);
  const addedIds = await insertVariants(tx, { ...of, variants: added });
  const only = (from: Facts, { row, names }: Change) =>
    ({ ...Object.fromEntries(names.map((name) => [name, from[name]])), id: row.id }) satisfies Told[number];
  return {
    before: [...gone.map(toldOf), ...changed.map((change) => only(change.row, change))],
    after: [
      ...changed.map((change) => only(change.wish, change)),
      ...added.map((variant, n) => toldOf({ ...variant, id: addedIds[n] ?? 0 })),
    ],
  };
}

const factNames = ["sku", "title", "priceFen", "onSale", "position"] as const;
type Change = { row: Row; wish: Facts; names: (keyof Facts)[] };

function toldOf({ id, sku, title, priceFen, onSale, position }: Facts & { id: number }): Told[number] {
  return { id, sku, title, priceFen, onSale, position };
}

/**
 * All of them before any is written, by their ids' order, as orders lock them: nobody waits in a circle. The whole lock
 * waits for every order that is being placed, and for those that come meanwhile: a price must not, in a rush.
 */
async function lockVariants(tx: Tx, rows: Row[], lock: "update" | "no key update"): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const { id } = variants;
  await tx.select({ id }).from(variants).where(inArray(id, ids)).orderBy(id).for(lock);
}

/** Orders that named one before it was locked have their lines by now; those that come later do not find it. */
async function deleteVariants(tx: Tx, gone: Row[]): Promise<void> {
  if (gone.length === 0) return;
  await refuseUsed(tx, gone);
  const ids = gone.map(({ id }) => id);
  await tx.delete(stockMoves).where(inArray(stockMoves.variantId, ids));
  await tx.delete(virtualContents).where(inArray(virtualContents.variantId, ids));
  await tx.delete(variants).where(inArray(variants.id, ids));
}

async function refuseUsed(tx: Tx, gone: Row[]): Promise<void> {
  const ids = gone.map(({ id }) => id);
  const [used] = await tx
    .select({ sku: variants.sku, title: variants.title })
    .from(variants)
    .where(sql`${inArray(variants.id, ids)} AND ${isVariantUsed}`);
  if (used)
    throw new AppError("variant_in_use", { ...used, errors: [{ path: "variants", code: "variantInUse" }] });
}

/** A SKU that goes from one to the other is free in between. */
async function changeVariants(tx: Tx, changed: Change[]): Promise<void> {
  for (const { row, names } of changed)
    if (names.includes("sku"))
      await tx
        .update(variants)
        .set({ sku: `~${row.id}` })
        .where(eq(variants.id, row.id));
  for (const { row, wish, names } of changed)
    await tx
      .update(variants)
      .set(Object.fromEntries(names.map((name) => [name, wish[name]])))
      .where(eq(variants.id, row.id));
}
