import { expect, test } from "vitest";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { groupsOf } from "@/lib/orders/timeline-groups";

const at = { at: new Date(), key: "" };
const move = (
  entity: "order" | "payment" | "refund" | "delivery" | "report",
  event: string,
  actor = "job:x",
) => {
  const named = { outTradeNo: null, tradeType: null, outRefundNo: null, staffName: null };
  return { ...at, kind: "transition" as const, entity, event, from: null, to: "", actor, ...named };
};
const call = (name: string) => {
  const named = { outTradeNo: null, outRefundNo: null };
  return { ...at, kind: "call" as const, call: name, outcome: "", errorText: null, tookMs: 1, ...named };
};
const entry = (action: string, subject: string) => ({
  ...{ ...at, kind: "audit" as const, action, subject, subjectId: "1", staffId: 1, staffName: "A" },
});
const alarm = (of: string) => {
  const rest = { source: "shop" as const, status: "open" as const, count: 1, id: 1 };
  return { ...at, kind: "alarm" as const, of, ...rest };
};

const cases: [string, TimelineEvent, string[]][] = [
  ["a payment", move("payment", "pay"), ["money"]],
  ["an order that is paid", move("order", "pay"), ["money"]],
  ["an order that has left", move("order", "ship"), ["delivery"]],
  ["a parcel that staff sent", move("delivery", "ship", "staff:3"), ["delivery", "staff"]],
  ["a refund that staff approved", move("refund", "approve", "staff:3"), ["money", "staff"]],
  ["a call for a payment", call("unifiedorder"), ["money", "technical"]],
  ["a call for a report", call("upload_shipping_info"), ["delivery", "technical"]],
  ["a note", { ...at, kind: "note", text: "", staffId: 1, staffName: "A" }, ["staff"]],
  ["a deadline that was moved", entry("order.move_deadline", "order"), ["delivery", "staff"]],
  ["an approval", entry("refund.approve", "refund"), ["money", "staff"]],
  ["somebody who looked", entry("order.reveal", "order"), ["staff"]],
  ["an alarm about a parcel", alarm("delivery_failed"), ["delivery"]],
  ["an alarm about money", alarm("mismatching_money"), ["money"]],
  ["what waits", { ...at, kind: "outbox", task: "order_paid" }, ["technical"]],
];

test.each(cases)("%s", (_, event, groups) => {
  expect(groupsOf(event)).toEqual(groups);
});
