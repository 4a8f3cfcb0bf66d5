import fc from "fast-check";
import { expect, test } from "vitest";
import { ladderMs, nextRung } from "@/lib/payments/query-ladder";

test("the rungs rise, and begin at fifteen seconds", () => {
  expect(ladderMs[0]).toBe(15_000);
  expect([...ladderMs].sort((a, b) => a - b)).toEqual([...ladderMs]);
});

test("the next rung lies ahead, is one of the ladder's, and none lies between; after the last there is none", () => {
  const createdAt = new Date("2026-04-01T00:00:00Z");
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 40 * 60_000 }), (ageMs) => {
      const next = nextRung(createdAt, new Date(createdAt.getTime() + ageMs));

      const ahead = ladderMs.filter((ms) => ms > ageMs);
      expect(next === null ? undefined : next.getTime() - createdAt.getTime()).toBe(ahead[0]);
    }),
  );
});
