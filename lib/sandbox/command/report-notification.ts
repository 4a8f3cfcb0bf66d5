import type { describeNotification } from "@/lib/sandbox/control/describe-notification";

/** One message to the merchant, and a line for every try of it. */
export function notificationLines(one: ReturnType<typeof describeNotification>): string[] {
  const next = one.nextAt ? `, next ${one.nextAt}` : "";
  const refund = one.outRefundNo ? `, ${one.outRefundNo}` : "";
  const head = `  notification ${one.id} (${one.label}${refund}): ${one.status}${next}`;
  const attempts = (one.attempts ?? []).map((attempt) => {
    const http = attempt.httpStatus === null ? "" : ` HTTP ${attempt.httpStatus}`;
    const answer = attempt.outcome === "accepted" ? "" : ` ${attempt.answer ?? ""}`;
    return `    ${attempt.at}  ${attempt.outcome}${http} in ${attempt.tookMs} ms${answer}`;
  });
  return [head, ...attempts];
}
