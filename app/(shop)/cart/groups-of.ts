import type { CartLine } from "@/lib/cart/read-cart";
import { lineTrouble } from "@/lib/orders/line-trouble";

export const groupNames = ["physical", "virtual", "none"] as const;

/** By how they reach the buyer, and last what cannot be had; groups without a line are left out. */
export function groupsOf<Line extends CartLine>(lines: Line[]) {
  const nameOf = (line: Line) =>
    ["withdrawn", "soldOut"].includes(lineTrouble(line) ?? "") ? "none" : line.kind;
  return groupNames
    .map((name) => ({ name, lines: lines.filter((line) => nameOf(line) === name) }))
    .filter((group) => group.lines.length > 0);
}
