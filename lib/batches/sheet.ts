import { AppError } from "@/lib/http/app-error";

/** What a file holds: its rows with anything in them, every cell as text. `rowNo` counts as a spreadsheet does, from 1. */
export type Sheet = { rowNo: number; cells: string[] }[];

/** Everything that arrives has a limit: a day's parcels of a large shop, and nothing that fills the memory. */
export const sheetLimits = {
  fileBytes: 5 * 1024 * 1024,
  inflatedBytes: 32 * 1024 * 1024,
  rows: 5_000,
  lines: 20_000, // With the empty ones.
  columns: 50,
  cellChars: 1_000, // What is longer is cut: no number or name is.
  chars: 8 * 1024 * 1024, // A thousand cells may share one long text of a workbook.
};

export const unreadableReasons = [
  "empty",
  "old_excel",
  "encoding",
  "broken",
  "too_many_rows",
  "too_many_columns",
  "too_much_text",
] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

export function unreadable(reason: UnreadableReason): AppError {
  return new AppError("file_unreadable", { reason });
}

/** Cells without what programs put around them, rows without what is empty. Throws `file_unreadable`. */
export function tidySheet(rows: Iterable<string[]>): Sheet {
  const sheet: Sheet = [];
  let rowNo = 0;
  let chars = 0;
  for (const row of rows) {
    if (++rowNo > sheetLimits.lines) throw unreadable("too_many_rows");
    const cells = row.map(cleanCell);
    while (cells.at(-1) === "") cells.pop();
    if (cells.length === 0) continue;
    if (cells.length > sheetLimits.columns) throw unreadable("too_many_columns");
    if (sheet.length > sheetLimits.rows) throw unreadable("too_many_rows"); // One more, for the header.
    chars += cells.reduce((sum, cell) => sum + cell.length, 0);
    if (chars > sheetLimits.chars) throw unreadable("too_much_text");
    sheet.push({ rowNo, cells });
  }
  if (sheet.length === 0) throw unreadable("empty");
  return sheet;
}

/** `="0012"` and `'0012` are how programs keep Excel from reading a number. What PostgreSQL cannot hold is left out. */
function cleanCell(cell: string): string {
  const text = cell
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu, "")
    .trim();
  const plain = /^="([^"]*)"$/.exec(text)?.[1] ?? /^'(\S+)$/.exec(text)?.[1] ?? text;
  return plain.trim().slice(0, sheetLimits.cellChars);
}
