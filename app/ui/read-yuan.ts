/**
 * An amount of yuan as people type it, in fen: "12", "12.5", "¥1,234.56", "１２元". Below zero when they typed a minus,
 * null when it is no amount or finer than a fen. By digits alone: no float rounds it.
 */
export function readYuan(typed: string): number | null {
  const text = typed.normalize("NFKC").replace(/\u5143\s*$|[\s,¥]/g, "");
  const [, sign, yuan, decimals = ""] = /^([-−]?)(\d{1,9})(?:[.。](\d{0,2}))?$/.exec(text) ?? [];
  if (yuan === undefined) return null;
  const fen = Number(yuan) * 100 + Number(decimals.padEnd(2, "0"));
  return sign && fen > 0 ? -fen : fen;
}

/** The same amount as a field starts with: 123456 → "1234.56". */
export function asYuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}
