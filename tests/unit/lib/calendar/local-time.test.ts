import { expect, test } from "vitest";
import { asLocalTime, readLocalTime } from "@/lib/calendar/local-time";

test.each([
  ["2026-11-22T09:30", "Asia/Shanghai", "2026-11-22T01:30:00.000Z"],
  ["2026-01-01T00:00", "Asia/Shanghai", "2025-12-31T16:00:00.000Z"],
  ["2026-07-01T12:00", "America/New_York", "2026-07-01T16:00:00.000Z"],
  ["2026-03-08T03:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
  ["2026-11-01T23:30", "America/New_York", "2026-11-02T04:30:00.000Z"],
])("%s in %s is %s, and is shown as it was typed", (typed, timeZone, iso) => {
  const at = readLocalTime(typed, timeZone);

  expect(at?.toISOString()).toBe(iso);
  expect(at && asLocalTime(at, timeZone)).toBe(typed);
});

test.each(["", "yesterday", "2026-13-01T00:00", "2026-11-22", "2026-11-22T09:30:00Z"])(
  "%j is no moment",
  (typed) => {
    expect(readLocalTime(typed, "Asia/Shanghai")).toBeNull();
  },
);
