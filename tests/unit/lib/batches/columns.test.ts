import { expect, test } from "vitest";
import { guessColumns } from "@/lib/batches/columns";
import { readCarrier } from "@/lib/batches/read-carrier";
import { hasLostDigits, readRow } from "@/lib/batches/read-row";
import { tidySheet } from "@/lib/batches/sheet";

const orderNo = "26112609304412345678";
const row = (...cells: string[]) => cells;

/** What the columns seem to mean, as "field: header", and how many rows are below the header. */
const guess = (...rows: string[][]) => {
  const { header, meaning, rows: data } = guessColumns(tidySheet(rows));
  const named = Object.entries(meaning).map(([field, column]) => `${field}: ${header[column] ?? column}`);
  return { columns: named.sort(), rows: data.length };
};

test.each([
  [
    "a shop's own list",
    row("订单编号", "收件人", "收件人手机", "快递公司", "快递单号", "商家编码", "数量", "发货备注"),
    [
      "carrier: 快递公司",
      "note: 发货备注",
      "order: 订单编号",
      "phone: 收件人手机",
      "quantity: 数量",
      "sku: 商家编码",
      "trackingNo: 快递单号",
    ],
  ],
  [
    "English words",
    row("Order No.", "Carrier", "Tracking Number", "SKU", "Qty"),
    ["carrier: Carrier", "order: Order No.", "quantity: Qty", "sku: SKU", "trackingNo: Tracking Number"],
  ],
  ["WeChat's own bill", row("商户订单号", "运单号"), ["order: 商户订单号", "trackingNo: 运单号"]],
  ["a transaction id", row("微信支付单号", "物流单号"), ["order: 微信支付单号", "trackingNo: 物流单号"]],
  [
    "two numbers of an order: its own wins",
    row("微信支付单号", "订单号", "运单号"),
    ["order: 订单号", "trackingNo: 运单号"],
  ],
  [
    "a buyer's remark, which is no note for the buyer",
    row("订单号", "运单号", "买家备注"),
    ["order: 订单号", "trackingNo: 运单号"],
  ],
  [
    "full-width brackets and stars",
    row("*订单号（必填）", "快递单号（必填）"),
    ["order: *订单号（必填）", "trackingNo: 快递单号（必填）"],
  ],
])("the columns of %s are known by their words", (_, header, columns) => {
  expect(
    guess(
      header,
      header.map(() => "x"),
    ),
  ).toEqual({ columns, rows: 1 });
});

test("a title above the header is no header", () => {
  expect(guess(row("发货单 2026-11-26"), row("订单号", "运单号"), row(orderNo, "YT8800000000001"))).toEqual({
    columns: ["order: 订单号", "trackingNo: 运单号"],
    rows: 1,
  });
});

test("words that say nothing leave it to the shape of what stands below", () => {
  expect(guess(row("单号", "编号", "方式"), row("YT8800000000001", orderNo, "圆通速递"))).toEqual({
    columns: ["carrier: 方式", "order: 编号", "trackingNo: 单号"],
    rows: 1,
  });
});

test("a file without a header has its first row shipped too", () => {
  expect(guess(row(orderNo, "YT8800000000001"), row(`${orderNo}P1`, "YT8800000000002"))).toEqual({
    columns: ["order: 0", "trackingNo: 1"],
    rows: 2,
  });
});

test("what nobody can know is left to the person", () => {
  expect(guess(row("a", "b"), row("1", "2"))).toEqual({ columns: [], rows: 1 });
});

test("a row is read by what its columns mean", () => {
  const meaning = { order: 0, trackingNo: 1, phone: 2, sku: 3, quantity: 4, note: 5 };

  expect(
    readRow([" 2611 2609-3044 ", "ＳＦ1234567890123", "138-0013-8000", "TEA-50", "2 件", "放门口"], meaning),
  ).toEqual({
    named: "261126093044",
    trackingNo: "SF1234567890123",
    carrier: "",
    phoneTail: "8000",
    sku: "TEA-50",
    quantity: 2,
    note: "放门口",
  });
});

test.each([
  ["", null],
  ["3", 3],
  ["3.0", 3],
  ["3件", 3],
  ["0", Number.NaN],
  ["1.5", Number.NaN],
  ["-1", Number.NaN],
  ["many", Number.NaN],
])("a quantity of %j is %s", (text, quantity) => {
  expect(readRow([text], { quantity: 0 }).quantity).toBe(quantity);
});

test.each([
  ["2.61126E+19", true],
  ["1E15", true],
  ["4.2e27", true],
  ["26112609304412345678", false],
  ["1E5X", false],
  ["E12345678", false],
])("%s has lost its digits: %s", (text, lost) => {
  expect(hasLostDigits(text)).toBe(lost);
});

test.each([
  ["顺丰速运", "SF"],
  ["SF Express", "SF"],
  ["中国邮政EMS", "EMS"],
  ["邮政快递包裹", "YZPY"],
  ["J&T 极兔", "JTSD"],
  ["jd", "JD"],
  ["百世汇通", "HTKY"],
  ["YTO", "YTO"],
  ["other", "OTHER"],
  ["自己送", null],
  ["", null],
])("the carrier %j is %s", (text, code) => {
  expect(readCarrier(text)).toBe(code);
});
