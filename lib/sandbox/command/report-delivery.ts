import type { describeReport } from "@/lib/sandbox/control/describe-delivery";

type Report = ReturnType<typeof describeReport>;

/** What the commands about deliveries print. */
export function reportLine(one: Report): string {
  const copies = one.copies === 1 ? "" : ` (${one.copies}×)`;
  const what = one.status === 1 ? "delivered" : "not delivered";
  return `report ${one.firstAt}  ${one.transactionId}  ${one.status} ${what}: ${one.message}${copies}`;
}

export function reports(answer: { reports: Report[] }): string {
  if (answer.reports.length === 0) return "no reports";
  return answer.reports.map((one) => `${one.outTradeNo}  ${reportLine(one)}`).join("\n");
}

export function expired(answer: { appId: string; expired: number }): string {
  return `${answer.expired} ${answer.expired === 1 ? "token" : "tokens"} of ${answer.appId} expired: the next call gets 42001`;
}
