import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { timelineLimit } from "@/lib/orders/read-timeline";
import { yuanText } from "@/lib/sheets/table";
import type { Person } from "@/lib/staff/person";
import type { EvidenceWords } from "./evidence-words";
import type { Evidence } from "./read-evidence";

type Made = {
  by: Person & { name: string };
  isRevealed: boolean;
  shopName: string;
  timeZone: string;
  mchId: string;
  now: Date;
};

/** What heads an evidence file: whose it is, who made it when, what it holds and how to check it. */
export function indexFacts(
  evidence: Evidence,
  words: EvidenceWords,
  made: Made,
): [name: string, value: string][] {
  const { order } = evidence;
  const { texts } = words;
  const { by, now, isRevealed } = made;
  return [
    [texts.made, `${words.time(now)} (${now.toISOString()})`],
    [texts.by, `${by.name} (#${by.staffId})`],
    [texts.shop, made.shopName],
    [texts.mchId, made.mchId],
    [texts.order, order.orderNo],
    [texts.status, words.term("orderStatus", order.status)],
    [texts.total, yuanText(order.totalFen)],
    [texts.received, yuanText(order.receipts.reduce((sum, { totalFen }) => sum + totalFen, 0))],
    [texts.refunded, yuanText(refundedFen(evidence))],
    [texts.recipient, `${recipientLine(order.recipient)} (${isRevealed ? texts.revealed : texts.masked})`],
    [texts.timeZone, made.timeZone],
    [texts.limits, extentOf(evidence, words)],
    [texts.leftOut, texts.leftOutWhat],
    [texts.check, texts.checkHow],
  ];
}

function extentOf({ cut }: Evidence, { texts }: EvidenceWords): string {
  if (cut.length === 0) return texts.whole;
  const kinds = cut.map((kind) => texts.kinds[kind]).join(", ");
  return texts.cut.replaceAll("{limit}", String(timelineLimit)).replace("{kinds}", kinds);
}

function refundedFen({ refunds }: Evidence): number {
  return refunds
    .filter(({ status, manualPaidAt }) => status === "succeeded" || manualPaidAt !== null)
    .reduce((sum, { refundFen }) => sum + refundFen, 0);
}

function recipientLine(recipient: DeskOrder["recipient"]): string {
  if (!recipient) return "—";
  const { name, phone, province, city, district, address } = recipient;
  return `${name} ${phone} ${province}${city}${district} ${address}`;
}
