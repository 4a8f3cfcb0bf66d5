import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFen } from "@/app/ui/format-fen";

test.each([
  [1, "¥0.01"],
  [10, "¥0.10"],
  [7800, "¥78.00"],
  [123_456_789, "¥1,234,567.89"],
  [1_000_000_000, "¥10,000,000.00"],
  [-905, "−¥9.05"],
])("%i fen read %s in both languages", (fen, text) => {
  expect(formatFen(fen, "zh-CN")).toBe(text);
  expect(formatFen(fen, "en")).toBe(text);
});

test("no fen is lost in writing, whatever the amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (fen) => {
      expect(Number(formatFen(fen, "en").replace(/\D/g, ""))).toBe(fen);
    }),
  );
});
