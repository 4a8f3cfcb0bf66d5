import { expect, test } from "vitest";
import { readCount, readDuration } from "@/lib/sandbox/command/read-duration";

test.each([
  ["30", 30_000],
  ["30s", 30_000],
  ["1.5s", 1_500],
  ["250ms", 250],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
])("%s is %i ms", (text, milliseconds) => {
  expect(readDuration("late", text)).toBe(milliseconds);
});

test.each(["", "soon", "-5s", "5 s", "5w", "1e3"])("%j is no time", (text) => {
  expect(() => readDuration("late", text)).toThrow("--late is a time");
});

test.each(["0", "-1", "1.5", "x", ""])("%j is no count", (text) => {
  expect(() => readCount("copies", text)).toThrow("--copies is a whole number");
});
