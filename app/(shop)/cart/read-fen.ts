/** The price that a page says it has told; null when that is no price. */
export function readFen(text: string): number | null {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
}
