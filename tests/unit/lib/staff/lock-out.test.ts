import { expect, test } from "vitest";
import { lockMs } from "@/lib/staff/lock-out";

const minute = 60_000;

test("nine failures lock nothing, the tenth locks for a quarter of an hour", () => {
  expect([1, 5, 9].map(lockMs)).toEqual([0, 0, 0]);
  expect(lockMs(10)).toBe(15 * minute);
});

test("each five further failures lock twice as long, up to twelve hours", () => {
  expect([11, 14].map(lockMs)).toEqual([0, 0]);
  expect([15, 20, 25].map(lockMs)).toEqual([30 * minute, 60 * minute, 120 * minute]);
  expect([40, 45, 1000].map(lockMs)).toEqual([720 * minute, 720 * minute, 720 * minute]);
});
