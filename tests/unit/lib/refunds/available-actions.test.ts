import { describe, expect, test } from "vitest";
import { availableActions, type Off, type RefundAction } from "@/lib/refunds/available-actions";
import { refundMoves, refundStatuses } from "@/lib/refunds/state";

const now = new Date("2026-11-22T01:00:00Z");
const plain = {
  refusal: null,
  manualPaidAt: null,
  staffId: null,
  firstApprovedBy: null,
  togetherFen: 5000,
  sendAfter: new Date(now.getTime() + 1000),
  hasShipped: true,
};
const owner = { id: 1, role: "owner" as const };
const on = (offs: Record<RefundAction, Off | null>) =>
  (Object.keys(offs) as RefundAction[]).filter((action) => offs[action] === null);

describe("what can be done about a refund", () => {
  test.each(refundStatuses)("%s offers an owner exactly the moves that the machine allows", (status) => {
    const offs = availableActions(
      { ...plain, status, refusal: "person" },
      { staff: owner, now, secondPersonFromFen: 0 },
    );

    const moves = ["approve", "reject", "undo", "receiveReturn", "refuseReturn", "giveUp"] as const;
    for (const move of moves)
      expect([move, offs[move] === null]).toEqual([
        move,
        refundMoves[move].from.some((from) => from === status),
      ]);
    expect(offs.askReturn === null).toBe(status === "requested");
    expect(offs.tryAgain === null).toBe(status === "sending");
    expect(offs.recordPayout === null).toBe(status === "manual");
  });

  test("each action follows its right: packers receive goods and approve nothing", () => {
    const by = { staff: { id: 2, role: "fulfilment" as const }, now, secondPersonFromFen: 0 };

    expect(on(availableActions({ ...plain, status: "awaiting_return" }, by))).toEqual([
      "receiveReturn",
      "refuseReturn",
    ]);
    expect(availableActions({ ...plain, status: "requested" }, by)).toMatchObject({
      approve: "role",
      reject: "role",
      receiveReturn: "elsewhere",
    });
  });

  test("from the limit on, neither the asker nor the first approver confirms", () => {
    const offOf = (of: { staffId?: number; firstApprovedBy?: number; secondPersonFromFen?: number }) =>
      availableActions(
        {
          ...plain,
          status: "requested",
          staffId: of.staffId ?? null,
          firstApprovedBy: of.firstApprovedBy ?? null,
        },
        { staff: owner, now, secondPersonFromFen: of.secondPersonFromFen ?? 5000 },
      ).approve;

    expect(offOf({})).toBeNull();
    expect(offOf({ firstApprovedBy: 2 })).toBeNull();
    expect(offOf({ firstApprovedBy: 1 })).toBe("second_person");
    expect(offOf({ staffId: 1 })).toBe("second_person");
    expect(offOf({ staffId: 1, secondPersonFromFen: 5001 })).toBeNull();
    expect(offOf({ staffId: 1, secondPersonFromFen: 0 })).toBeNull();
  });

  test("the window of an approval, what WeChat has not refused, and goods that never left are said", () => {
    const at = (status: "approved" | "sending" | "requested" | "manual", of: object) =>
      availableActions({ ...plain, ...of, status }, { staff: owner, now, secondPersonFromFen: 0 });

    expect(at("approved", { sendAfter: now }).undo).toBe("window_over");
    expect(at("approved", {}).undo).toBeNull();
    expect(at("approved", {}).tryAgain).toBe("elsewhere");
    expect(at("approved", { sendAfter: now }).tryAgain).toBeNull();
    expect(at("sending", { refusal: "again" }).giveUp).toBe("not_refused");
    expect(at("sending", { refusal: "person" }).giveUp).toBeNull();
    expect(at("manual", { manualPaidAt: now }).giveUp).toBe("elsewhere");
    expect(at("requested", { hasShipped: false }).askReturn).toBe("nothing_left_us");
  });
});
