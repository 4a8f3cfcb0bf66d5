import { expect, test } from "vitest";
import { numbersIn } from "@/lib/alarms/numbers-in";

const transactionId = "1218614901201405273313470595";
const outTradeNo = "26112610000012345678P1";

test.each([
  [`transaction_id=${transactionId}`, [transactionId]],
  [`out_trade_no=${outTradeNo}&transaction_id=${transactionId}`, [outTradeNo, transactionId]],
  [`交易单号：${transactionId}，已超时`, [transactionId]],
  [`订单${outTradeNo}发货超时`, [outTradeNo]],
  [`<b>${transactionId}</b>`, [transactionId]],
  ["１２１８６１４９０１２０１４０５２７３３１３４７０５９５", [transactionId]],
  [`${transactionId},${transactionId}`, [transactionId]],
  ["no number here: transaction_id=, 2026-11-26, 1234567", []],
  ["1".repeat(33), []],
  ["", []],
])("%j names %j", (text, numbers) => {
  expect(numbersIn(text)).toEqual(numbers);
});

test("of several texts all numbers count, and no more than fifty", () => {
  const many = Array.from({ length: 500 }, (_, n) => String(10_000_000 + n));

  expect(numbersIn("a", `x ${transactionId}`, outTradeNo)).toEqual([transactionId, outTradeNo]);
  expect(numbersIn(many.join(" "))).toEqual(many.slice(0, 50));
});
