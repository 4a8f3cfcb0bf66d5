import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readSheet } from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { unzip } from "@/lib/batches/zip";
import type { Cell, Table } from "@/lib/sheets/table";
import { csvFile, writeCsv } from "@/lib/sheets/write-csv";
import { writeXlsx } from "@/lib/sheets/write-xlsx";

const aTable = (rows: Cell[][], of: { header?: string[]; batch?: number } = {}): Table => ({
  title: "订单",
  header: of.header ?? (rows[0] ?? [""]).map((_, n) => `列 ${n + 1}`),
  timeZone: "Asia/Shanghai",
  batches: inBatches(rows, of.batch ?? 2),
});
async function* inBatches(rows: Cell[][], size: number) {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
async function bytesOf(written: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of written) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const csv = async (rows: Cell[][]) => (await bytesOf(writeCsv(aTable(rows)))).toString("utf8");
const readCsv = (text: string): string[][] => parse(text, { bom: true, record_delimiter: "\r\n" });
const readXlsx = async (rows: Cell[][], header?: string[]) =>
  readSheet(await bytesOf(writeXlsx(aTable(rows, { header }))));

const formulas = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1",
  "＋1",
  "－1",
  "＠a",
  '=HYPERLINK("http://x","y")',
];
const at = new Date("2026-11-26T17:51:11.900Z");

describe("a CSV", () => {
  test("begins with the mark of UTF-8, ends its lines as RFC 4180 says, and quotes what must be", async () => {
    const text = await csv([["茶，绿", 'say "hi"', "a,b", "two\nlines", "a;b", "", null]]);

    expect(text.startsWith("\ufeff列 1,")).toBe(true);
    expect(text.endsWith('茶，绿,"say ""hi""","a,b","two\nlines","a;b",,\r\n')).toBe(true);
  });

  test.each(formulas)("marks %j, which a spreadsheet would run", async (formula) => {
    const [, [cell] = []] = readCsv(await csv([[formula]]));

    expect(cell).toBe(`'${formula}`);
  });

  test("leaves numbers, money and moments as they are, below zero too", async () => {
    const [, row] = readCsv(
      await csv([[-12, { fen: -123456 }, { fen: 5 }, at, 0, { fen: 100_000_000_000 }]]),
    );

    expect(row).toEqual(["-12", "-1234.56", "0.05", "2026-11-27 01:51:11", "0", "1000000000.00"]);
  });

  test("marks texts whose digits Excel would change", async () => {
    const [, row] = readCsv(
      await csv([["42000000001234567890", "00123", "1E5", "12345", "YT8800000000001"]]),
    );

    expect(row).toEqual(["\t42000000001234567890", "\t00123", "\t1E5", "12345", "YT8800000000001"]);
  });

  test("is the same for rows that are all there", async () => {
    expect(csvFile([["a", "=1"], ["b,c"]])).toBe('\ufeffa,\'=1\r\n"b,c"\r\n');
  });

  test("of any texts is read as these texts, but for the mark", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aText, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        async (rows) => {
          const [, ...read] = readCsv(await csv(rows));

          const texts = rows.flat();

          const isMarked = (cell: string, n: number) =>
            [texts[n], `'${texts[n]}`, `\t${texts[n]}`].includes(cell);
          expect(read.flat().length).toBe(texts.length);
          expect(read.flat().every(isMarked)).toBe(true);
          expect(read.flat().filter((cell) => /^[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a workbook", () => {
  test("has typed cells: text, number, money, moment on the shop's clock, nothing", async () => {
    const read = await readXlsx([["01234567890123456789", 12, { fen: -123456 }, at, null, "茶"]]);

    expect(read[0]).toEqual(["列 1", "列 2", "列 3", "列 4", "列 5", "列 6"]);
    const [text, number, money, moment, ...rest] = read[1] ?? [];
    expect([text, number, money, ...rest]).toEqual(["01234567890123456789", 12, -1234.56, null, "茶"]);
    expect(Math.round(Number(moment) / 1000)).toBe(Date.parse("2026-11-27T01:51:11Z") / 1000);
  });

  test.each(formulas)("keeps %j a text", async (formula) => {
    const bytes = await bytesOf(writeXlsx(aTable([[formula]])));
    const [, [cell] = []] = await readSheet(bytes, { trim: false });

    expect(cell).toBe(formula.replace("\r", ""));
    const files = unzip(bytes, { wants: (name) => name.endsWith("sheet1.xml"), mostBytes: 1_000_000 });
    expect(files?.get("xl/worksheets/sheet1.xml")?.toString()).not.toMatch(/<f[\s>]/);
  });

  test("of more batches and columns than letters is read whole", async () => {
    const rows = Array.from({ length: 501 }, (_, n) => Array.from({ length: 30 }, (_, c) => `${n}/${c}`));

    const read = await readXlsx(rows);

    expect(read.slice(1)).toEqual(rows);
  });

  test("without rows has its header", async () => {
    expect(await readXlsx([], ["甲", "乙"])).toEqual([["甲", "乙"]]);
  });

  test("leaves out what XML cannot hold, and cuts what Excel cannot", async () => {
    const [, row] = await readXlsx([
      ["a\u0000b\u001fc\ud800d\uffff", "<&>\"'", "_x0041_", "x".repeat(40_000)],
    ]);

    expect(row?.slice(0, 2)).toEqual(["abc\ufffdd", "<&>\"'"]);
    expect(String(row?.[3])).toHaveLength(32_767);
  });
});

/** Everything that people and attackers type; a NUL cannot come out of the database. */
const aText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("=", "-", "'", "\t", "\n", "\r", '"', ",", ";", "茶", "1", " ") }),
);
