import { expect, test } from "vitest";
import { asYuan, readYuan } from "@/app/ui/read-yuan";

test.each([
  ["12", 1200],
  ["12.5", 1250],
  ["0.01", 1],
  [" ¥1,234.56 ", 123_456],
  ["￥８８．８０", 8880],
  ["88 元", 8800],
  ["0", 0],
  ["0.00", 0],
  ["-3", -300],
  ["1.", 100],
  ["8.29", 829],
])("%s is %d fen", (typed, fen) => {
  expect(readYuan(typed)).toBe(fen);
});

test.each(["", "abc", "1.234", "1e3", "1.2.3", "0x10", "--1", "9999999999", "12元5", "Infinity"])(
  "%s is no amount",
  (typed) => {
    expect(readYuan(typed)).toBeNull();
  },
);

test("an amount that is written into a field is read as the same amount", () => {
  for (const fen of [1, 10, 99, 100, 829, 123_456, 1_000_000_000]) expect(readYuan(asYuan(fen))).toBe(fen);
});
