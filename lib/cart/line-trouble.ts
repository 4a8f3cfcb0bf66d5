import type { CartLine } from "./read-cart";

/** Why a line cannot be ordered as it stands; null when it can. `fewer` can be had, but not so many. */
export function lineTrouble(
  line: Pick<CartLine, "isOnSale" | "available" | "quantity">,
): "withdrawn" | "soldOut" | "fewer" | null {
  if (!line.isOnSale) return "withdrawn";
  if (line.available <= 0) return "soldOut";
  return line.quantity > line.available ? "fewer" : null;
}
