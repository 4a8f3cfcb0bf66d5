import { type Cell, clockOf, type Table, yuanText } from "./table";

/**
 * A table as CSV that Excel reads without being asked: a mark of UTF-8, CRLF, quotes where they are needed (RFC 4180).
 * Numbers and money stay numbers; a text that a spreadsheet would take for something else is marked, see `guard`.
 */
export async function* writeCsv(table: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const tell = clockOf(table.timeZone);
  yield encoder.encode(`\ufeff${csvLine(table.header)}`);
  for await (const batch of table.batches)
    yield encoder.encode(batch.map((row) => csvLine(row.map((cell) => textOf(cell, tell)))).join(""));
}

/** Rows of text that are all there already, as one file. */
export function csvFile(rows: string[][]): string {
  return `\ufeff${rows.map(csvLine).join("")}`;
}

type Written = string | { verbatim: string };

function textOf(cell: Cell, tell: (at: Date) => string): Written {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return { verbatim: String(cell) };
  return { verbatim: cell instanceof Date ? tell(cell) : yuanText(cell.fen) };
}

function csvLine(cells: Written[]): string {
  return `${cells.map((cell) => quote(typeof cell === "string" ? guard(cell) : cell.verbatim)).join(",")}\r\n`;
}

/**
 * What would run as a formula gets an apostrophe before it (OWASP, CSV injection), a number whose digits Excel would
 * change a tab: one of 12 digits or more, with a leading zero, or 1E5.
 */
function guard(text: string): string {
  if (/^[=+\-@\t\r\n＝＋－＠]/.test(text)) return `'${text}`;
  return /^(\d{12,}|0\d+|\d+[eE]\d+)$/.test(text) ? `\t${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n\t;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
