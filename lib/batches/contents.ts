import type { OrderPieces } from "@/lib/deliveries/read-pieces";
import type { RowFacts } from "./read-row";
import type { RowProblem } from "./verdict";

/** What is in a row's parcel: everything that is left, for a row that says nothing, or so many pieces. */
export type Contents = "rest" | { sku: string; quantity: number }[];

/**
 * Reads what a row says of its contents against what is left of its order. A quantity without a SKU is everything, or
 * pieces of the one line that is left; else nobody knows of which.
 */
export function readContents(
  { sku, quantity }: Pick<RowFacts, "sku" | "quantity">,
  { lines }: OrderPieces,
): Contents | RowProblem {
  if (Number.isNaN(quantity)) return "quantity_invalid";
  if (sku) {
    const line =
      lines.find((one) => one.sku === sku) ??
      lines.find((one) => one.sku.toLowerCase() === sku.toLowerCase());
    if (!line) return "sku_unknown";
    return [{ sku: line.sku, quantity: quantity ?? Math.max(1, line.left) }];
  }
  if (quantity === null) return "rest";
  const open = lines.filter(({ left }) => left > 0);
  const [only, ...others] = open;
  if (only && others.length === 0) return [{ sku: only.sku, quantity }];
  const isAll = quantity === open.reduce((sum, { left }) => sum + left, 0);
  return isAll ? open.map(({ sku, left }) => ({ sku, quantity: left })) : "contents_unclear";
}
