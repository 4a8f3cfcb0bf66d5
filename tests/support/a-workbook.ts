import { constants, deflateRawSync } from "node:zlib";
import writeXlsx from "write-excel-file/node";
import { zipStored } from "@/lib/batches/zip";

/** A workbook as Excel writes them, of texts and numbers. */
export async function aWorkbook(rows: (string | number)[][]): Promise<Uint8Array> {
  const cells = rows.map((row) =>
    row.map((value) => ({ value, type: typeof value === "number" ? Number : String })),
  );
  return new Uint8Array(await writeXlsx(cells).toBuffer());
}

/** A workbook whose one sheet is this XML. */
export function aRawWorkbook(sheetData: string): Uint8Array {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const files = {
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
  };
  return zipStored(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
}

/** A megabyte that inflates to a gigabyte, and says that it is small. */
export function aBomb(): Uint8Array {
  const piece = deflateRawSync(Buffer.alloc(1024 * 1024, " "), { finishFlush: constants.Z_SYNC_FLUSH });
  const packed = Buffer.concat([...Array.from({ length: 1024 }, () => piece), Buffer.of(3, 0)]);
  const archive = Buffer.from(zipStored(new Map([["xl/workbook.xml", packed]])));
  archive.writeUInt16LE(8, 8); // Deflated, where the file stands and where it is listed.
  archive.writeUInt16LE(8, archive.lastIndexOf("PK\u0001\u0002") + 10);
  return archive;
}
