import { describe, expect, test } from "vitest";
import { readAsking } from "@/app/(shop)/orders/[orderNo]/refund/read-asking";

const lines = [
  { sku: "TEA-50", quantity: 2, priceFen: 6800 },
  { sku: "BOWL-PLUM", quantity: 1, priceFen: 8800 },
];

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}
const read = (fields: Record<string, string>) => readAsking(form(fields), lines);

describe("the whole", () => {
  test("is what the page showed, whatever else was typed", () => {
    expect(read({ how: "whole", wholeFen: "23400", amount: "1", "quantity.TEA-50": "9" })).toEqual({
      refundFen: 23_400,
      lines: [],
    });
  });

  test.each(["", "0", "-5", "1.5", "1e3", "9999999999999999"])("of %s is refused", (wholeFen) => {
    expect(read({ how: "whole", wholeFen })).toEqual([{ field: "how", code: "how" }]);
  });
});

describe("a part", () => {
  test("is the amount that was typed", () => {
    expect(read({ how: "part", amount: "12.30" })).toEqual({ refundFen: 1230, lines: [] });
  });

  test.each([
    ["", "amountFormat"],
    ["ten", "amountFormat"],
    ["1.005", "amountFormat"],
    ["0", "amountZero"],
    ["-1", "amountZero"],
  ])("of %j is refused with %s", (amount, code) => {
    expect(read({ how: "part", amount })).toEqual([{ field: "amount", code }]);
  });
});

describe("by line", () => {
  test("without an amount it is the price of the chosen goods", () => {
    expect(read({ how: "lines", "quantity.TEA-50": "1", "quantity.BOWL-PLUM": "1", amount: "" })).toEqual({
      refundFen: 15_600,
      lines: [
        { sku: "TEA-50", quantity: 1 },
        { sku: "BOWL-PLUM", quantity: 1 },
      ],
    });
  });

  test("less may be asked for, more may not", () => {
    expect(read({ how: "lines", "quantity.TEA-50": "1", amount: "50" })).toMatchObject({ refundFen: 5000 });
    expect(read({ how: "lines", "quantity.TEA-50": "1", amount: "68.01" })).toEqual([
      { field: "amount", code: "linesTooMuch", fen: 6800 },
    ]);
  });

  test("no piece at all is refused", () => {
    expect(read({ how: "lines", "quantity.TEA-50": "0", amount: "" })).toEqual([
      { field: "lines", code: "linesNone" },
    ]);
  });

  test.each(["3", "-1", "1.5", "x"])("%s pieces of two are refused beside their field", (pieces) => {
    expect(read({ how: "lines", "quantity.TEA-50": pieces, "quantity.BOWL-PLUM": "1", amount: "" })).toEqual([
      { field: "quantity.TEA-50", code: "quantity", count: 2 },
    ]);
  });

  test("every wrong field is told at once", () => {
    expect(read({ how: "lines", "quantity.TEA-50": "9", amount: "0" })).toEqual([
      { field: "quantity.TEA-50", code: "quantity", count: 2 },
      { field: "amount", code: "amountZero" },
    ]);
  });
});

test("a form without a choice is refused", () => {
  expect(read({ how: "everything" })).toEqual([{ field: "how", code: "how" }]);
});
