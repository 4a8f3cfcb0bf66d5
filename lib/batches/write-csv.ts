/**
 * A CSV as Excel reads it: a mark of UTF-8, CRLF, quotes where they are needed. A cell that a spreadsheet would run as a
 * formula gets an apostrophe before it (OWASP, CSV injection), a long number a tab, else it would lose its digits.
 */
export function writeCsv(rows: string[][]): string {
  return `\ufeff${rows.map((row) => `${row.map(writeCell).join(",")}\r\n`).join("")}`;
}

function writeCell(cell: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : /^\d{12,}$/.test(cell) ? `\t${cell}` : cell;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
