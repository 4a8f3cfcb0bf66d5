import type { OrderPieces } from "@/lib/deliveries/read-pieces";
import type { ReportStatus } from "@/lib/deliveries/state";
import { isRefused, type Standing } from "@/lib/refunds/queues";
import type { OrderStatus } from "./state";

/** What somebody must do about an order now, or what it waits for by itself. */
export type NextStep =
  | { step: "settleMoney" | "sendReport" | "giveBack" }
  | { step: "replaceDelivery"; number: number }
  | { step: "decideRefund" | "receiveReturn" | "attendRefund"; refundNo: string }
  | { step: "ship"; pieces: number; isReminded: boolean }
  | { step: "awaitPayment" | "awaitClosing" | "awaitReturn" | "awaitRefund" | "awaitReport" | "awaitBuyer" };

export type StepFacts = {
  status: OrderStatus;
  pieces: OrderPieces;
  reminders: number;
  /** What came in for it and does not fit, and what is too much, as far as neither is on its way back. */
  disputedFen: number;
  owedFen: number;
  reports: { status: ReportStatus }[];
  deliveries: { number: number; replaceable: { owed: number }[]; isReplaced: boolean; status: string }[];
  refunds: (Standing & { outRefundNo: string; returnSentAt: Date | null })[];
};

const waits: readonly NextStep["step"][] = [
  "awaitPayment",
  "awaitClosing",
  "awaitReturn",
  "awaitRefund",
  "awaitReport",
  "awaitBuyer",
];

/** Whether a person must do something, as against the buyer, WeChat or a job. */
export function needsHand({ step }: NextStep): boolean {
  return !waits.includes(step);
}

/**
 * Everything that comes next, what needs a hand first: trouble with money and with WeChat, what a buyer waits to hear,
 * then the goods. Empty for an order that is over.
 */
export function nextSteps(order: StepFacts): NextStep[] {
  return [...ofMoney(order), ...ofReports(order), ...ofRefunds(order), ...ofGoods(order)].sort(
    (a, b) => Number(needsHand(b)) - Number(needsHand(a)),
  );
}

function ofMoney({ disputedFen, owedFen }: StepFacts): NextStep[] {
  return [
    ...(disputedFen > 0 ? [{ step: "settleMoney" } as const] : []),
    ...(owedFen > 0 ? [{ step: "giveBack" } as const] : []),
  ];
}

function ofReports({ reports }: StepFacts): NextStep[] {
  if (reports.some(({ status }) => status === "refused")) return [{ step: "sendReport" }];
  return reports.some(({ status }) => status === "queued") ? [{ step: "awaitReport" }] : [];
}

function ofRefunds({ refunds }: StepFacts): NextStep[] {
  return refunds.flatMap((refund): NextStep[] => {
    const refundNo = refund.outRefundNo;
    switch (refund.status) {
      case "requested":
        return [{ step: "decideRefund", refundNo }];
      case "awaiting_return":
        return [refund.returnSentAt ? { step: "receiveReturn", refundNo } : { step: "awaitReturn" }];
      case "abnormal":
        return [{ step: "attendRefund", refundNo }];
      case "manual":
        return refund.manualPaidAt ? [] : [{ step: "attendRefund", refundNo }];
      case "approved":
      case "sending":
      case "accepted":
        return [isRefused(refund) ? { step: "attendRefund", refundNo } : { step: "awaitRefund" }];
      default:
        return [];
    }
  });
}

function ofGoods({ status, pieces, deliveries, reminders }: StepFacts): NextStep[] {
  if (status === "pending") return [{ step: "awaitPayment" }];
  if (status === "closing") return [{ step: "awaitClosing" }];
  const lost = deliveries.filter(
    (one) => one.status === "failed" && !one.isReplaced && one.replaceable.some(({ owed }) => owed > 0),
  );
  const left = pieces.lines.reduce((sum, line) => sum + line.left - line.goingBack, 0);
  return [
    ...lost.map(({ number }) => ({ step: "replaceDelivery", number }) as const),
    ...(status === "paid" && left > 0
      ? [{ step: "ship", pieces: left, isReminded: reminders > 0 } as const]
      : []),
    ...(status === "shipped" && lost.length === 0 ? [{ step: "awaitBuyer" } as const] : []),
  ];
}
