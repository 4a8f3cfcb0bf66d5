/** What stands in a cell: text, a number, money or a moment; empty when null. */
export type Cell = string | number | { fen: number } | Date | null;

/** A list on its way into a file: its rows come in batches, so that no file is ever whole in memory. */
export type Table = {
  /** Of the sheet in a workbook. */
  title: string;
  header: string[];
  batches: AsyncIterable<Cell[][]>;
  /** On whose clocks moments are told. */
  timeZone: string;
};

/** Fen as yuan for a machine to read, by integers alone: -123456 → "-1234.56". */
export function yuanText(fen: number): string {
  const whole = Math.abs(fen);
  return `${fen < 0 ? "-" : ""}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, "0")}`;
}

/** Tells moments as "2026-11-27 09:30:00" on the clocks of a time zone. */
export function clockOf(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (at) => format.format(at);
}
