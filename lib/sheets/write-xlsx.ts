import { openArchive } from "./open-archive";
import { type Cell, clockOf, type Table, yuanText } from "./table";
import { columnName, escapeXml, sheetEnd, sheetStart, styles, workbookFiles } from "./workbook-xml";

/**
 * A table as a workbook of one sheet (ECMA-376): texts are texts and never formulas, numbers, money and moments are typed.
 * Packed as it comes, so that a hundred thousand rows take no more memory than one batch.
 */
export async function* writeXlsx(table: Table): AsyncGenerator<Uint8Array> {
  const archive = openArchive();
  for (const [name, xml] of Object.entries(workbookFiles(table.title))) archive.addWhole(name, xml);
  const sheet = archive.addGrowing("xl/worksheets/sheet1.xml");
  const writeCell = cellWriter(clockOf(table.timeZone));
  let rowNo = 1;
  await sheet.write(sheetStart(table.header.length));
  await sheet.write(rowXml(rowNo, table.header, (name, title) => textXml(name, title, styles.header)));
  for await (const batch of table.batches) {
    await sheet.write(batch.map((row) => rowXml(++rowNo, row, writeCell)).join(""));
    yield* archive.take();
  }
  await sheet.write(sheetEnd(table.header.length, rowNo));
  await sheet.end();
  archive.end();
  yield* archive.take();
}

type CellWriter = (name: string, cell: Cell) => string;

function rowXml<T extends Cell>(rowNo: number, row: T[], write: (name: string, cell: T) => string): string {
  return `<row r="${rowNo}">${row.map((cell, n) => write(`${columnName(n)}${rowNo}`, cell)).join("")}</row>`;
}

function cellWriter(tell: (at: Date) => string): CellWriter {
  return (name, cell) => {
    if (cell === null || cell === "") return "";
    if (typeof cell === "string") return textXml(name, cell, styles.text);
    if (typeof cell === "number") return numberXml(name, String(cell), styles.number);
    if (cell instanceof Date) return numberXml(name, String(dayCount(tell(cell))), styles.moment);
    return numberXml(name, yuanText(cell.fen), styles.money);
  };
}

function numberXml(name: string, number: string, style: number): string {
  return `<c r="${name}" s="${style}"><v>${number}</v></c>`;
}

function textXml(name: string, text: string, style: number): string {
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : "";
  return `<c r="${name}" s="${style}" t="inlineStr"><is><t${space}>${escapeXml(text)}</t></is></c>`;
}

/** Days since 1899-12-30, as a workbook counts: it knows no time zones, so the shop's clock is written down. */
function dayCount(clock: string): number {
  return Date.parse(`${clock.replace(" ", "T")}Z`) / 86_400_000 + 25_569;
}
