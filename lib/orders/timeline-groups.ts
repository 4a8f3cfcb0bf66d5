import type { TimelineEvent } from "./timeline-event";

/** What somebody may want to read a time line for. An event may be of several; none is of none. */
export const timelineGroups = ["money", "delivery", "staff", "technical"] as const;
export type TimelineGroup = (typeof timelineGroups)[number];

export function isOfGroup(event: TimelineEvent, group: TimelineGroup): boolean {
  return groupsOf(event).includes(group);
}

export function groupsOf(event: TimelineEvent): TimelineGroup[] {
  switch (event.kind) {
    case "receipt":
      return ["money"];
    case "notification":
      return ["money", "technical"];
    case "transition":
      return event.actor.startsWith("staff:") ? [subjectOfMove(event), "staff"] : [subjectOfMove(event)];
    case "call":
      return [reportCalls.includes(event.call) ? "delivery" : "money", "technical"];
    case "alarm":
      return [deliveryAlarms.includes(event.of) ? "delivery" : "money"];
    case "audit":
      return [...subjectOfEntry(event), "staff"];
    case "note":
      return ["staff"];
    case "outbox":
    case "job_run":
    case "waiting_job":
      return ["technical"];
  }
}

const reportCalls = ["delivernotify", "upload_shipping_info", "get_order", "stable_token"];

const deliveryAlarms = [
  "1001",
  "trade_manage_remind_shipping",
  "deadline_missed",
  "deadline_near",
  "report_refused",
  "report_stuck",
  "token_trouble",
  "delivery_failed",
  "codes_empty",
  "content_unreadable",
];

type Move = Extract<TimelineEvent, { kind: "transition" }>;
type Entry = Extract<TimelineEvent, { kind: "audit" }>;

/** An order is made, paid and closed for money; its other moves are about goods. */
function subjectOfMove({ entity, event }: Move): TimelineGroup {
  if (entity === "delivery" || entity === "report") return "delivery";
  return entity === "order" && ["ship", "unship", "complete"].includes(event) ? "delivery" : "money";
}

function subjectOfEntry({ subject, action }: Entry): TimelineGroup[] {
  if (subject === "refund" || subject === "receipt" || subject === "notification") return ["money"];
  if (subject === "delivery" || subject === "report" || subject === "batch") return ["delivery"];
  return action === "order.move_deadline" || action === "order.assign" ? ["delivery"] : [];
}
