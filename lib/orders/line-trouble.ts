/** Off sale, none left, or fewer than wanted. */
export type LineTrouble = "withdrawn" | "soldOut" | "fewer";

/** Why a line cannot be ordered as it stands; null when it can. */
export function lineTrouble(line: {
  isOnSale: boolean;
  available: number;
  quantity: number;
}): LineTrouble | null {
  if (!line.isOnSale) return "withdrawn";
  if (line.available <= 0) return "soldOut";
  return line.quantity > line.available ? "fewer" : null;
}
