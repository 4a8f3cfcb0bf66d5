/** An amount that a page says it has shown, in fen, as much as a full cart can come to; null when it is none. */
export function readFen(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
