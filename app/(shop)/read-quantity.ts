/** A quantity as it stands in an address or a form; null when it is no whole number from 1 to `mostPieces`. */
export function readQuantity(text: string | null): number | null {
  if (text === null || !/^[1-9]\d{0,3}$/.test(text)) return null;
  return Number(text);
}
