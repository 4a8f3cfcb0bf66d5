import { describe, expect, test } from "vitest";
import type { Pieces } from "@/lib/deliveries/read-pieces";
import { needsHand, nextSteps, type StepFacts } from "@/lib/orders/next-steps";
import { type RefundStatus, refundStatuses } from "@/lib/refunds/state";

const line: Pieces = {
  ...{ variantId: 1, sku: "A", title: "A", quantity: 3 },
  ...{ shipped: 0, dropped: 0, left: 3, goingBack: 0, underway: 0, cameBack: 0 },
};
const order: StepFacts = {
  status: "paid",
  pieces: { lines: [line], wholeIs: "kept" },
  ...{ reminders: 0, disputedFen: 0, owedFen: 0 },
  ...{ reports: [], deliveries: [], refunds: [] },
};
const goneOf = (status: StepFacts["status"]): StepFacts => ({
  ...order,
  status,
  pieces: { lines: [{ ...line, shipped: 3, left: 0 }], wholeIs: "kept" },
});
const refund = (status: RefundStatus, more: Partial<StepFacts["refunds"][number]> = {}) => ({
  ...{ status, refusal: null, manualPaidAt: null, outRefundNo: "R1", returnSentAt: null },
  ...more,
});
const steps = (of: Partial<StepFacts>) => nextSteps({ ...order, ...of }).map(({ step }) => step);

describe("what comes next", () => {
  test("without trouble: payment, shipping, the report, the buyer, nothing", () => {
    expect(steps({ status: "pending" })).toEqual(["awaitPayment"]);
    expect(steps({ status: "closing" })).toEqual(["awaitClosing"]);
    expect(nextSteps(order)).toEqual([{ step: "ship", pieces: 3, isReminded: false }]);
    expect(
      nextSteps({ ...goneOf("shipped"), reports: [{ status: "queued" }] }).map(({ step }) => step),
    ).toEqual(["awaitReport", "awaitBuyer"]);
    expect(nextSteps({ ...goneOf("completed"), reports: [{ status: "reported" }] })).toEqual([]);
    expect(steps({ status: "closed" })).toEqual([]);
  });

  test("what is going back is not shipped, and a reminder is remembered", () => {
    const lines = [{ ...line, goingBack: 2 }];

    expect(nextSteps({ ...order, pieces: { lines, wholeIs: "kept" }, reminders: 1 })).toEqual([
      { step: "ship", pieces: 1, isReminded: true },
    ]);
    expect(steps({ pieces: { lines: [{ ...line, goingBack: 3 }], wholeIs: "going_back" } })).toEqual([]);
  });

  test("trouble comes first, what waits by itself last", () => {
    const failed = { number: 1, status: "failed", isReplaced: false, replaceable: [{ owed: 1 }] };
    const all = steps({
      ...{ disputedFen: 1, owedFen: 1, deliveries: [failed] },
      reports: [{ status: "refused" }, { status: "queued" }],
      refunds: [refund("accepted"), refund("requested")],
    });

    expect(all).toEqual([
      ...["settleMoney", "giveBack", "sendReport", "decideRefund", "replaceDelivery", "ship"],
      "awaitRefund",
    ]);
  });

  test("a parcel that failed is somebody's work until it is sent again or paid back", () => {
    const failed = { number: 2, status: "failed", isReplaced: false, replaceable: [{ owed: 1 }] };
    const of = (delivery: Partial<typeof failed>) =>
      nextSteps({ ...goneOf("shipped"), deliveries: [{ ...failed, ...delivery }] }).map(({ step }) => step);

    expect(of({})).toEqual(["replaceDelivery"]);
    expect(of({ isReplaced: true })).toEqual(["awaitBuyer"]);
    expect(of({ replaceable: [{ owed: 0 }] })).toEqual(["awaitBuyer"]);
  });

  test.each(refundStatuses)("a refund that is %s needs a hand, waits, or is over", (status) => {
    const at = new Date();
    const hand = ["requested", "abnormal", "manual"];
    const wait = ["approved", "awaiting_return", "sending", "accepted"];
    const next = nextSteps({ ...goneOf("completed"), refunds: [refund(status)] });

    expect(next.map(needsHand)).toEqual(
      hand.includes(status) ? [true] : wait.includes(status) ? [false] : [],
    );
    if (status === "awaiting_return")
      expect(steps({ ...goneOf("completed"), refunds: [refund(status, { returnSentAt: at })] })).toEqual([
        "receiveReturn",
      ]);
    if (status === "manual")
      expect(steps({ ...goneOf("completed"), refunds: [refund(status, { manualPaidAt: at })] })).toEqual([]);
    if (status === "sending")
      expect(steps({ ...goneOf("completed"), refunds: [refund(status, { refusal: "not_enough" })] })).toEqual(
        ["attendRefund"],
      );
  });
});
