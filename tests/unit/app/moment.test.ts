import { expect, test } from "vitest";
import { formatMoment } from "@/app/ui/moment";

const at = new Date("2026-11-26T16:05:09Z"); // Past midnight in Beijing.

test.each([
  ["zh-CN", "Asia/Shanghai", "full", "2026年11月27日 00:05:09"],
  ["zh-CN", "Asia/Shanghai", "short", "11月27日 00:05"],
  ["en", "Asia/Shanghai", "full", "Nov 27, 2026, 00:05:09"],
  ["en", "Asia/Shanghai", "short", "Nov 27, 00:05"],
  ["zh-CN", "America/New_York", "full", "2026年11月26日 11:05:09"],
  ["en", "America/New_York", "short", "Nov 26, 11:05"],
] as const)("a moment reads in %s, by the clocks of %s, %s: %s", (locale, timeZone, style, text) => {
  expect(formatMoment(at, { locale, timeZone, style })).toBe(text);
});
