import type { RefundRefusal } from "@/lib/wechat/refund-refusal";
import type { RefundStatus } from "./state";

/** Where a refund stands for the people who work on it: each is in exactly one. */
export const refundQueues = ["toDecide", "comingBack", "onTheWay", "needsPerson", "done"] as const;
export type RefundQueue = (typeof refundQueues)[number];

/** What only a person can do something about; everything else that WeChat says passes, and the same request goes out again. */
export const personsRefusals = [
  "not_enough",
  "certificate",
  "person",
] as const satisfies readonly RefundRefusal[];

/** What tells where a refund stands. */
export type Standing = { status: RefundStatus; refusal: RefundRefusal | null; manualPaidAt: Date | null };

/** Whether WeChat has refused it for a reason that only a person can do something about. */
export function isRefused({ status, refusal }: Standing): boolean {
  return status === "sending" && personsRefusals.some((persons) => persons === refusal);
}

type Branch = {
  status: RefundStatus;
  /** For the two statuses that belong to two queues: what divides them. */
  only?: "refused" | "notRefused" | "paidByHand" | "notPaidByHand";
};

/** What waits longest comes first, except where nothing waits. Each branch is a range of the index by status. */
export const queueBranches: Record<RefundQueue, { oldestFirst: boolean; branches: readonly Branch[] }> = {
  toDecide: { oldestFirst: true, branches: [{ status: "requested" }] },
  comingBack: { oldestFirst: true, branches: [{ status: "awaiting_return" }] },
  onTheWay: {
    oldestFirst: true,
    branches: [{ status: "approved" }, { status: "sending", only: "notRefused" }, { status: "accepted" }],
  },
  needsPerson: {
    oldestFirst: true,
    branches: [
      { status: "abnormal" },
      { status: "manual", only: "notPaidByHand" },
      { status: "sending", only: "refused" },
    ],
  },
  done: {
    oldestFirst: false,
    branches: [
      { status: "succeeded" },
      { status: "closed" },
      { status: "rejected" },
      { status: "withdrawn" },
      { status: "manual", only: "paidByHand" },
    ],
  },
};

export type QueueBranch = Branch;
