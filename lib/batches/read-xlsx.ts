import { readSheet as readWorkbook } from "read-excel-file/universal";
import { type Sheet, sheetLimits, tidySheet, unreadable } from "./sheet";
import { unzip, zipStored } from "./zip";

/**
 * The first sheet of a workbook. What the reader is given was unpacked and measured here, so that it sees nothing else:
 * it would fill up a row that names cell XFD1, and a sheet whose only row is the billionth. Throws `file_unreadable`.
 */
export async function readXlsx(bytes: Uint8Array): Promise<Sheet> {
  const files = unzip(bytes, { wants: isRead, mostBytes: sheetLimits.inflatedBytes });
  if (!files?.has("xl/workbook.xml")) throw unreadable("broken");
  for (const file of files.values()) if (file.includes("sheetData")) measure(file.toString("utf8"));
  return tidySheet((await readRows(zipStored(files))).map((row) => row.map(textOf)));
}

function isRead(name: string): boolean {
  return /^xl\/.*\.xml(\.rels)?$/i.test(name);
}

/** Refuses a row or a cell whose address is beyond the limits, or is written so that it might be another. */
function measure(xml: string): void {
  let rows = 0;
  for (const [tag, name = ""] of xml.matchAll(/<(?:[\w.-]+:)?(row|c)\b[^<]*/g)) {
    const attributes = /^<[\w.:-]+((?:\s+[\w.:-]+\s*=\s*(?:"[^"<>&]*"|'[^'<>&]*'))*)\s*\/?>/.exec(tag)?.[1];
    if (attributes === undefined) throw unreadable("broken");
    if (name === "row" && ++rows > sheetLimits.lines) throw unreadable("too_many_rows");
    for (const [, address = ""] of attributes.matchAll(/[\s:]r\s*=\s*["']([^"']*)["']/g))
      check(name, address);
  }
}

function check(name: string, address: string): void {
  const [, letters, digits] = /^([A-Z]{0,3})(\d{1,7})$/.exec(address) ?? [];
  if (letters === undefined || (letters === "") !== (name === "row")) throw unreadable("broken");
  if (Number(digits) > sheetLimits.lines) throw unreadable("too_many_rows");
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  if (column > 16_384) throw unreadable("broken"); // XFD, Excel's last.
  if (column > mostColumns) throw unreadable("too_many_columns");
}

const mostColumns = 200; // Empty ones may be styled, beyond what is filled in.

async function readRows(archive: Uint8Array<ArrayBuffer>): Promise<unknown[][]> {
  try {
    return await readWorkbook(archive.buffer, { parseNumber: numberText });
  } catch {
    throw unreadable("broken");
  }
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 16).replace("T", " ");
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

/**
 * A workbook's numbers have fifteen digits: whatever was typed beyond them is gone. Such a one is written 1.23E+17, as
 * Excel shows it, so that nobody takes it for the number that was meant.
 */
function numberText(text: string): string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Math.abs(value) < 1e15 ? String(value) : value.toExponential().replace("e", "E");
}
