import { expect, test } from "vitest";
import { newOrderNo, newOutTradeNo } from "@/lib/orders/order-no";
import { isOutTradeNo } from "@/lib/wechat/shapes";

test("an order number begins with Beijing's time to the second and is twenty digits", () => {
  const orderNo = newOrderNo(new Date("2026-12-31T16:00:01Z"));

  expect(orderNo).toMatch(/^270101000001\d{8}$/);
});

test("what follows the time cannot be guessed: a thousand of one second differ, digits spread", () => {
  const now = new Date();
  const tails = Array.from({ length: 1000 }, () => newOrderNo(now).slice(12));

  expect(new Set(tails).size).toBeGreaterThan(990);
  expect(new Set(tails.map((tail) => tail[0])).size).toBe(10);
});

test("the number of every attempt is one that WeChat takes", () => {
  for (const attempt of [1, 2, 99, 9999])
    expect(isOutTradeNo(newOutTradeNo(newOrderNo(new Date()), attempt))).toBe(true);
});
