import { describe, expect, test } from "vitest";
import { readSheet } from "@/lib/batches/read-sheet";
import { type Sheet, sheetLimits } from "@/lib/batches/sheet";
import { AppError } from "@/lib/http/app-error";
import { aBomb, aRawWorkbook, aWorkbook } from "@/tests/support/a-workbook";

const utf8 = (text: string) => new TextEncoder().encode(text);
/** Text as Excel in China saves CSV: the bytes of GB18030 for these characters. */
const gbk: Record<string, number[]> = {
  订: [0xb6, 0xa9],
  单: [0xb5, 0xa5],
  号: [0xba, 0xc5],
  顺: [0xcb, 0xb3],
  丰: [0xb7, 0xe1],
};
const inGbk = (text: string) =>
  Uint8Array.from([...text].flatMap((sign) => gbk[sign] ?? [sign.charCodeAt(0)]));

const cellsOf = async (bytes: Uint8Array) => (await readSheet(bytes)).map(({ cells }) => cells);
const reasonOf = async (reading: Promise<Sheet>) => {
  try {
    return `${(await reading).length} rows`;
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.facts.reason}` : String(error);
  }
};
const reasonFor = (bytes: Uint8Array) => reasonOf(readSheet(bytes));

describe("CSV", () => {
  test.each([
    ["a mark of UTF-8", utf8("\ufeff订单号,b\r\n1,2\r\n")],
    ["no mark", utf8("订单号,b\n1,2")],
    ["GB18030", inGbk("订单号,b\r\n1,2\r\n")],
    ["semicolons", utf8("订单号;b\n1;2\n")],
    [
      "tabs, UTF-16 as Excel's Unicode text",
      new Uint8Array(Buffer.from("\ufeff订单号\tb\r\n1\t2\r\n", "utf16le")),
    ],
    ["the line that names the delimiter", utf8("sep=;\r\n订单号;b\r\n1;2\r\n")],
    ["empty lines and columns", utf8("订单号,b,,\n\n1,2,,\n,,,\n")],
    ["everything quoted", utf8('"订单号","b"\r\n"1","2"\r\n')],
  ])("is read with %s", async (_, bytes) => {
    expect(await cellsOf(bytes)).toEqual([
      ["订单号", "b"],
      ["1", "2"],
    ]);
  });

  test("quotes hold delimiters, line ends and quotes; one inside plain text is a quote", async () => {
    const rows = await cellsOf(utf8('a,b\n"x, ""y""\r\nz",5" pipe\n'));

    expect(rows).toEqual([
      ["a", "b"],
      ['x, "y"\r\nz', '5" pipe'],
    ]);
  });

  test("what keeps Excel from reading a number is no part of it", async () => {
    expect(await cellsOf(utf8('="0012345678901234567",\'0042,\t7 ,\u200b8\ufeff\n'))).toEqual([
      ["0012345678901234567", "0042", "7", "8"],
    ]);
  });

  test("rows keep the number that a spreadsheet shows, whatever is empty above them", async () => {
    expect((await readSheet(utf8("\n\na\n,\nb\n"))).map(({ rowNo }) => rowNo)).toEqual([3, 5]);
  });

  test.each([
    ["nothing", utf8(""), "empty"],
    ["nothing but delimiters", utf8(",,,\r\n,,\r\n"), "empty"],
    ["bytes that are no text", Uint8Array.from({ length: 4096 }, (_, n) => (n * 73) % 256), "encoding"],
    ["a NUL", utf8("a,b\n1,\0\n"), "encoding"],
    ["a quote that is never closed", utf8(`a,b\n"${"x".repeat(70_000)}\n`), "broken"],
    ["Excel before 2007", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0), "old_excel"],
    ["one row too many", utf8(`a\n${"1\n".repeat(sheetLimits.rows + 1)}`), "too_many_rows"],
    ["ten thousand rows", utf8(`a\n${"1\n".repeat(10_000)}`), "too_many_rows"],
    ["five million empty lines", utf8("\n".repeat(5_000_000)), "too_many_rows"],
    ["too many columns", utf8(`${"1,".repeat(sheetLimits.columns)}1\n`), "too_many_columns"],
  ])("is refused with %s", async (_, bytes, reason) => {
    expect(await reasonFor(bytes)).toBe(`file_unreadable: ${reason}`);
  });

  test("as many rows as are allowed are read, with their header", async () => {
    expect(await reasonFor(utf8(`a\n${"1\n".repeat(sheetLimits.rows)}`))).toBe(
      `${sheetLimits.rows + 1} rows`,
    );
  });
});

describe("XLSX", () => {
  test("is read as texts: long texts keep each digit, numbers of up to fifteen too", async () => {
    const rows = await cellsOf(
      await aWorkbook([
        ["订单号", "运单号"],
        ["26112609304412345678", 751_234_567_890_12],
        ["0042", 999_999_999_999_999],
      ]),
    );

    expect(rows).toEqual([
      ["订单号", "运单号"],
      ["26112609304412345678", "75123456789012"],
      ["0042", "999999999999999"],
    ]);
  });

  test.each(["1.2345678901234568E+17", "123456789012345680", "1e15"])(
    "a number whose digits a spreadsheet has lost (%s) is never shown as if it were whole",
    async (stored) => {
      const [[cell = ""] = []] = await cellsOf(
        aRawWorkbook(`<row r="1"><c r="A1"><v>${stored}</v></c></row>`),
      );

      expect(cell).toMatch(/^\d(\.\d+)?E\+\d+$/);
    },
  );

  test("five thousand rows come out as they went in", async () => {
    const rows = Array.from({ length: sheetLimits.rows }, (_, n) => [
      `2611260930${String(n).padStart(10, "0")}`,
      `YT88${String(n).padStart(11, "0")}`,
      "收件人，地址 & <城市>",
      n + 1,
    ]);

    expect(await cellsOf(await aWorkbook([["a", "b", "c", "d"], ...rows]))).toEqual([
      ["a", "b", "c", "d"],
      ...rows.map((row) => row.map(String)),
    ]);
  });

  const cell = (address: string) => aRawWorkbook(`<row r="1"><c r="${address}"><v>1</v></c></row>`);

  test.each([
    [
      "a row beyond all rows",
      aRawWorkbook('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
      "too_many_rows",
    ],
    [
      "a row whose number is hidden",
      aRawWorkbook('<row r="&#57;&#57;&#57;&#57;&#57;&#57;"></row>'),
      "broken",
    ],
    ["a row with a prefix and another's number", aRawWorkbook('<x:row y:r="900000"/>'), "too_many_rows"],
    ["a number behind a bracket", aRawWorkbook('<row a=">" r="900000"/>'), "broken"],
    ["a cell in Excel's last column", cell("XFD1"), "too_many_columns"],
    ["a cell in no column", cell("ZZZZZZ1"), "broken"],
    [
      "no workbook in it",
      Uint8Array.from([0x50, 0x4b, 0x03, 0x04, ...utf8("rubbish that is no archive at all")]),
      "broken",
    ],
    ["an archive that is cut off", aRawWorkbook("").subarray(0, 300), "broken"],
    ["an empty sheet", aRawWorkbook(""), "empty"],
  ])("is refused with %s", async (_, bytes, reason) => {
    expect(await reasonFor(bytes)).toBe(`file_unreadable: ${reason}`);
  });

  test("a bomb is given up before it is inflated", async () => {
    const before = process.memoryUsage().rss;

    expect(await reasonFor(aBomb())).toBe("file_unreadable: broken");
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  test("one text that a thousand cells share is counted a thousand times", async () => {
    const text = "长".repeat(1000);
    const row = Array.from({ length: 20 }, () => text);

    expect(await reasonFor(await aWorkbook(Array.from({ length: 500 }, () => row)))).toBe(
      "file_unreadable: too_much_text",
    );
  });
});
