/** The largest amount of one item, ten million yuan: the same number stands in the database's CHECK constraints. */
export const largestFen = 1_000_000_000;

/** An amount in WeChat's messages: digits only, 1 to 1,000,000,000 fen. Null for anything else. */
export function readFen(text: string | undefined): number | null {
  if (text === undefined || !/^[0-9]{1,10}$/.test(text)) return null;
  const fen = Number(text);
  return fen >= 1 && fen <= largestFen ? fen : null;
}
