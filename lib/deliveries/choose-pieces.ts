import { AppError } from "@/lib/http/app-error";

/** Pieces as a form names them; `rest`: all that can be meant. */
export type WantedPieces = "rest" | { sku: string; quantity: number }[];

/**
 * How many of each line are meant, `most` of each at most; lines with none are left out. `ships_too_much`,
 * `nothing_to_ship`, and `malformed` for what is no quantity or no line.
 */
export function choosePieces<Line extends { sku: string; most: number }>(
  lines: Line[],
  wanted: WantedPieces,
): (Line & { wanted: number })[] {
  if (wanted !== "rest" && wanted.some((piece) => isStrange(piece, lines)))
    throw new AppError("malformed", { errors: [{ path: "lines", code: "quantity" }] });
  const chosen = lines
    .map((line) => ({ ...line, wanted: wanted === "rest" ? line.most : sumOf(line.sku, wanted) }))
    .filter((line) => line.wanted > 0);
  const tooMuch = chosen.find((line) => line.wanted > line.most);
  if (tooMuch) throw new AppError("ships_too_much", { sku: tooMuch.sku, left: tooMuch.most });
  if (!chosen.length) throw new AppError("nothing_to_ship");
  return chosen;
}

function isStrange({ sku, quantity }: { sku: string; quantity: number }, lines: { sku: string }[]): boolean {
  return !Number.isSafeInteger(quantity) || quantity < 0 || !lines.some((line) => line.sku === sku);
}

function sumOf(sku: string, wanted: { sku: string; quantity: number }[]): number {
  return wanted.reduce((sum, piece) => sum + (piece.sku === sku ? piece.quantity : 0), 0);
}
