import { describe, expect, test } from "vitest";
import { type StaffRole, staffRoles } from "@/lib/db/schema/staff";
import type { Pieces } from "@/lib/deliveries/read-pieces";
import { reportStatuses } from "@/lib/deliveries/state";
import {
  availableOrderActions,
  type OrderAction,
  type OrderFacts,
  type OrderOff,
  orderActions,
} from "@/lib/orders/available-order-actions";
import { orderStatuses } from "@/lib/orders/state";
import { refundStatuses } from "@/lib/refunds/state";
import { isAllowed } from "@/lib/staff/rights";

const line: Pieces = {
  ...{ variantId: 1, sku: "A", title: "A", quantity: 2 },
  ...{ shipped: 0, dropped: 0, left: 2, goingBack: 0, underway: 0, cameBack: 0 },
};
const piecesOf = (more: Partial<Pieces> = {}): OrderFacts["pieces"] => ({
  lines: [{ ...line, ...more }],
  wholeIs: "kept",
});
const gone = piecesOf({ shipped: 2, left: 0 });

/** An order in each of its states, with what usually goes with it. */
const facts: Record<(typeof orderStatuses)[number], OrderFacts> = {
  pending: unpaid("pending"),
  closing: unpaid("closing"),
  closed: unpaid("closed"),
  paid: { ...unpaid("paid"), paidFen: 100, refundableFen: 100, clock: { state: "runs" } },
  shipped: { ...unpaid("shipped"), ...paidAndGone(), clock: { state: "runs" } },
  completed: { ...unpaid("completed"), ...paidAndGone(), clock: { state: "ended" } },
};

function unpaid(status: OrderFacts["status"]): OrderFacts {
  const none = { reports: [], refunds: [], paidFen: 0, refundableFen: 0, clock: null };
  return { kind: "physical", status, pieces: piecesOf(), ...none };
}

function paidAndGone() {
  return { paidFen: 100, refundableFen: 100, pieces: gone };
}

const offs = (of: Partial<OrderFacts> & { status: OrderFacts["status"] }, role: StaffRole = "owner") =>
  availableOrderActions({ ...facts[of.status], ...of }, { role });
const on = (all: Record<OrderAction, OrderOff | null>) =>
  (Object.keys(all) as OrderAction[]).filter((action) => all[action] === null);

describe("what can be done about an order", () => {
  test("in each of its states, to an owner", () => {
    const open = Object.fromEntries(orderStatuses.map((status) => [status, on(offs({ status }))]));

    const always = ["note", "printOrder", "evidence"];
    const paid = ["printSlip", "printReceipt"];
    expect(open).toEqual({
      pending: always,
      closing: always,
      closed: always,
      paid: ["ship", "askRefund", "moveDeadline", "assign", "note", "printOrder", ...paid, "evidence"],
      shipped: ["askRefund", "moveDeadline", "assign", "note", "printOrder", ...paid, "evidence"],
      completed: ["askRefund", "note", "printOrder", ...paid, "evidence"],
    });
  });

  const pairs = orderStatuses.flatMap((status) => staffRoles.map((role) => ({ status, role })));
  test.each(pairs)(
    "$role, $status: a right that is lacking hides behind no state, and adds nothing",
    (of) => {
      const [owner, mine] = [offs({ status: of.status }), offs({ status: of.status }, of.role)];

      for (const [action, permission] of Object.entries(orderActions))
        expect({ action, off: mine[action as OrderAction] }).toEqual({
          action,
          off: owner[action as OrderAction] ?? (isAllowed(of.role, permission) ? null : "role"),
        });
    },
  );

  test("who ships does not refund, who refunds does not ship, and only the packers' role has no evidence", () => {
    const status = "paid" as const;

    expect(offs({ status }, "fulfilment")).toMatchObject({ ship: null, askRefund: "role", evidence: "role" });
    expect(offs({ status }, "finance")).toMatchObject({ ship: "role", askRefund: null, evidence: null });
    expect(offs({ status }, "support")).toMatchObject({ printSlip: "role", decideRefund: "no_refund_waits" });
  });

  test("every state has its reason", () => {
    expect(offs({ status: "closing" })).toMatchObject({
      ...{ ship: "unpaid", askRefund: "unpaid", moveDeadline: "unpaid", printReceipt: "unpaid" },
      ...{ sendReport: "no_report", giveUpReport: "no_report" },
    });
    expect(offs({ status: "closed" })).toMatchObject({
      ship: "closed",
      assign: "closed",
      printSlip: "closed",
    });
    expect(offs({ status: "closed", paidFen: 100 }).printReceipt).toBeNull(); // Refunded in full: it was paid.
    expect(offs({ status: "completed" })).toMatchObject({ ship: "all_shipped", assign: "clock_ended" });
    expect(offs({ status: "paid", pieces: piecesOf({ goingBack: 2 }) }).ship).toBe("going_back");
    expect(offs({ status: "paid", refundableFen: 0 }).askRefund).toBe("nothing_left");
    expect(offs({ status: "paid", clock: null }).moveDeadline).toBe("no_clock");
    expect(offs({ status: "paid", kind: "virtual" }).printSlip).toBe("virtual");
  });

  test.each(reportStatuses)("a report that is %s", (status) => {
    const { sendReport, giveUpReport } = offs({ status: "shipped", reports: [{ status, canSend: false }] });

    expect(giveUpReport === null).toBe(status === "refused");
    expect(sendReport).toBe(
      {
        queued: "report_queued",
        reported: "report_taken",
        refused: "report_waived",
        waived: "report_waived",
      }[status],
    );
  });

  test("a report that can be sent is, whatever became of the others", () => {
    const reports = [
      { status: "reported", canSend: false } as const,
      { status: "waived", canSend: true } as const,
    ];

    expect(offs({ status: "shipped", reports })).toMatchObject({
      sendReport: null,
      giveUpReport: "report_taken",
    });
  });

  test.each(refundStatuses)("a refund that is %s", (status) => {
    const { decideRefund } = offs({ status: "paid", refunds: [{ status }] });

    expect(decideRefund === null).toBe(status === "requested");
  });
});
