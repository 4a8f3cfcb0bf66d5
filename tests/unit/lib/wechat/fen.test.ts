import { expect, test } from "vitest";
import { readFen } from "@/lib/wechat/fen";
import { isOutRefundNo, isOutTradeNo, isTransactionId } from "@/lib/wechat/shapes";

test.each([
  ["1", 1],
  ["8800", 8800],
  ["0000000001", 1],
  ["1000000000", 1_000_000_000],
])("%s is an amount", (text, fen) => {
  expect(readFen(text)).toBe(fen);
});

test.each([
  undefined,
  "",
  "0",
  "-1",
  "+1",
  "1.0",
  "1e3",
  "0x10",
  " 1",
  "1 ",
  "1\n",
  "１",
  "1000000001",
  "00000000001",
  "NaN",
])("%j is no amount", (text) => {
  expect(readFen(text)).toBeNull();
});

test("numbers keep their documented shapes, and stay text", () => {
  expect(isTransactionId("4200000000202604010000000001")).toBe(true);
  expect(isTransactionId("4".repeat(33))).toBe(false);
  expect(isTransactionId("42 00")).toBe(false);
  expect(isTransactionId("4200\n")).toBe(false);
  expect(isOutTradeNo("SO2026_-|*1")).toBe(true);
  expect(isOutTradeNo("1")).toBe(true);
  expect(isOutTradeNo("")).toBe(false);
  expect(isOutTradeNo("a".repeat(33))).toBe(false);
  expect(isOutTradeNo("订单000001")).toBe(false);
  expect(isOutRefundNo("RF@1")).toBe(true);
  expect(isOutRefundNo("a".repeat(65))).toBe(false);
});
