import { describe, expect, test } from "vitest";
import { refundReasons, wordsForWechat } from "@/lib/refunds/reasons";
import { nextRefundRung } from "@/lib/refunds/refund-ladder";
import { newOutRefundNo } from "@/lib/refunds/refund-no";
import { afterQuota, gapAfter, slowerGapAfter } from "@/lib/refunds/retry-gaps";
import { liveRefundStatuses, refundMoves, refundStatuses } from "@/lib/refunds/state";
import { isOutRefundNo } from "@/lib/wechat/shapes";

const minute = 60_000;
const hour = 60 * minute;

describe("the table of moves", () => {
  const moves = Object.values(refundMoves);

  test("names only statuses that there are, and none leads to where it begins", () => {
    for (const { from, to } of moves) {
      for (const one of [...from, to]) expect(refundStatuses).toContain(one);
      expect(from).not.toContain(to);
    }
  });

  test("leads to every status but the first, and out of all that are not ends", () => {
    const reached = new Set<string>(moves.map(({ to }) => to));
    const left = new Set<string>(moves.flatMap(({ from }) => [...from]));

    expect(refundStatuses.filter((status) => !reached.has(status))).toEqual([]); // Also back to `requested`, by undo.
    expect(refundStatuses.filter((status) => !left.has(status))).toEqual([
      "rejected",
      "withdrawn",
      "succeeded",
    ]);
  });

  test("nothing leads away from money that has gone back", () => {
    for (const { from } of moves) expect(from).not.toContain("succeeded");
  });

  test("every status is live or over", () => {
    const over = refundStatuses.filter(
      (status) => !(liveRefundStatuses as readonly string[]).includes(status),
    );

    expect(over).toEqual(["rejected", "withdrawn", "closed"]);
  });
});

describe("when a try comes again", () => {
  test("growing gaps, then hourly", () => {
    expect([1, 2, 3, 4, 5, 6, 100].map((attempts) => gapAfter(attempts) / minute)).toEqual([
      61 / 60,
      2,
      5,
      15,
      30,
      60,
      60,
    ]);
    expect([1, 2, 3, 4, 6].map((attempts) => slowerGapAfter(attempts) / minute)).toEqual([5, 5, 5, 15, 60]);
  });

  test.each([
    ["2026-11-22T00:00:00Z", "2026-11-22T16:05:00Z"],
    ["2026-11-22T15:59:59Z", "2026-11-22T16:05:00Z"],
    ["2026-11-22T16:00:00Z", "2026-11-23T16:05:00Z"],
  ])("a quota used up at %s is new at %s", (now, next) => {
    expect(afterQuota(new Date(now))).toEqual(new Date(next));
  });
});

describe("when WeChat is asked", () => {
  const acceptedAt = new Date("2026-11-22T00:00:00Z");
  const rungAfter = (ms: number) =>
    nextRefundRung(acceptedAt, new Date(acceptedAt.getTime() + ms)).getTime() - acceptedAt.getTime();

  test.each([
    [0, minute],
    [minute, 5 * minute],
    [5 * minute, 30 * minute],
    [30 * minute, hour],
    [hour + 1, 2 * hour],
    [71 * hour, 72 * hour],
    [72 * hour, 96 * hour],
    [100 * 24 * hour + 5, 101 * 24 * hour],
  ])("%d ms after acceptance the next rung is at %d", (age, rung) => {
    expect(rungAfter(age)).toBe(rung);
  });
});

test("a refund's number is one that WeChat takes, and a thousand of the same second are different", () => {
  const now = new Date("2026-12-31T16:00:00Z");
  const numbers = Array.from({ length: 1000 }, () => newOutRefundNo(now));

  expect(new Set(numbers).size).toBe(1000);
  for (const number of numbers) expect(isOutRefundNo(number)).toBe(true);
});

test("the buyer reads a reason in WeChat, whatever it is, within its 80 bytes", () => {
  for (const reason of refundReasons) {
    expect(wordsForWechat[reason]).toMatch(/\p{Script=Han}/u);
    expect(Buffer.byteLength(wordsForWechat[reason])).toBeLessThanOrEqual(80);
  }
});
