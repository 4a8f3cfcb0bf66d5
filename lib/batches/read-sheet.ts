import { readCsv } from "./read-csv";
import { readXlsx } from "./read-xlsx";
import { type Sheet, unreadable } from "./sheet";

/** A CSV or XLSX file as rows of texts; its bytes decide what it is, not its name. Throws `file_unreadable` with a `reason`. */
export async function readSheet(bytes: Uint8Array): Promise<Sheet> {
  if (startsWith(bytes, zip)) return readXlsx(bytes);
  if (startsWith(bytes, compound)) throw unreadable("old_excel");
  return readCsv(bytes);
}

const zip = [0x50, 0x4b, 0x03, 0x04];
const compound = [0xd0, 0xcf, 0x11, 0xe0]; // Excel before 2007, and any workbook with a password.

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}
