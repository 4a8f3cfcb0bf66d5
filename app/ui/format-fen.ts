/** Fen as yuan, by integers alone: 123456 → "¥1,234.56". */
export function formatFen(fen: number, locale: string): string {
  const sign = fen < 0 ? "−" : "";
  const whole = Math.abs(fen);
  const rest = whole % 100;
  const yuan = (whole - rest) / 100;
  return `${sign}¥${yuan.toLocaleString(locale)}.${String(rest).padStart(2, "0")}`;
}
