import { expect, test } from "vitest";
import { dayAfter, dayOf, startOfDay } from "@/lib/calendar/days";

test("a day begins at midnight on the clocks of its time zone", () => {
  expect(startOfDay("2026-11-27", "Asia/Shanghai")).toEqual(new Date("2026-11-26T16:00Z"));
  expect(dayOf(new Date("2026-11-26T15:59:59.999Z"), "Asia/Shanghai")).toBe("2026-11-26");
  expect(dayOf(new Date("2026-11-26T16:00Z"), "Asia/Shanghai")).toBe("2026-11-27");
});

test("days follow each other over the ends of months and a change of clocks", () => {
  expect(dayAfter("2026-11-30", 1)).toBe("2026-12-01");
  expect(dayAfter("2028-03-01", -1)).toBe("2028-02-29");
  const [start, end] = ["2026-10-25", dayAfter("2026-10-25", 1)].map((day) =>
    startOfDay(day, "Europe/Berlin").getTime(),
  );
  expect((end ?? 0) - (start ?? 0)).toBe(25 * 60 * 60_000);
});
