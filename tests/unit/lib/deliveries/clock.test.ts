import { describe, expect, test } from "vitest";
import { type ClockFacts, clockOf } from "@/lib/deliveries/clock";

const deliverBy = new Date("2026-11-29T10:00:00Z");
const endedAt = new Date("2026-11-27T10:00:00Z");
const paid: ClockFacts = {
  kind: "physical",
  closedReason: null,
  deliverBy,
  clockEndedAt: null,
  report: null,
  isRefunded: false,
  pieces: { shipped: 0, of: 1 },
};
const report = { deliverStatus: 1, attempts: 1 };
const why = (of: Partial<ClockFacts>) => {
  const clock = clockOf({ ...paid, clockEndedAt: endedAt, ...of });
  return clock?.state === "ended" ? clock.why : clock?.state;
};

describe("an order's clock", () => {
  test("runs from the payment on, and was never there before", () => {
    expect(clockOf(paid)).toEqual({
      state: "runs",
      kind: "physical",
      deliverBy,
      standing: { state: "toShip" },
    });
    expect(clockOf({ ...paid, deliverBy: null })).toBeNull();
    expect(clockOf({ ...paid, deliverBy: null, closedReason: "expired" })).toBeNull();
  });

  test("that has ended says when", () => {
    const reported = { ...report, status: "reported" as const };
    expect(clockOf({ ...paid, clockEndedAt: endedAt, report: reported })).toEqual({
      state: "ended",
      why: "reported",
      endedAt,
    });
  });

  test("ended by the report stays so when everything is refunded afterwards, or a parcel is corrected", () => {
    expect(why({ report: { ...report, status: "reported" }, isRefunded: true })).toBe("reported");
    expect(why({ report: { ...report, status: "queued" } })).toBe("reported"); // Reopened: it is told once more.
  });

  test("ended by a refund of everything says so, with the report still to come, or told as not delivered", () => {
    expect(why({ isRefunded: true })).toBe("refunded");
    expect(why({ isRefunded: true, report: { ...report, status: "queued" } })).toBe("refunded");
    expect(why({ isRefunded: true, report: { ...report, status: "reported", deliverStatus: 0 } })).toBe(
      "refunded",
    );
    expect(clockOf({ ...paid, deliverBy: null, closedReason: "refunded" })).toMatchObject({
      why: "refunded",
      endedAt: null,
    });
  });

  test("ended without a report where none is owed", () => {
    expect(why({ report: { ...report, status: "waived" } })).toBe("nothingOwed");
  });
});
