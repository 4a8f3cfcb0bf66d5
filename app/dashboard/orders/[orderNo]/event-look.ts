import type { TimelineEvent } from "@/lib/orders/timeline-event";
import type { Shape, Tone } from "../../parts/mark";
import { verdictLooks } from "../../parts/status";

/** Green for the moments money came in; a wedge for what somebody should look at; hollow for what waits. */
export function lookOf(event: TimelineEvent): [Shape, Tone] {
  switch (event.kind) {
    case "notification":
      return verdictLooks[event.verdict];
    case "receipt":
      if (event.verdict === "settling") return ["full", "money"];
      return ["wedge", event.verdict === "surplus" ? "warn" : "danger"];
    case "transition":
      if (event.entity === "refund") return moveOfRefund(event.event);
      if (event.entity === "delivery" || event.entity === "report") return moveOfDelivery(event.event);
      if (event.to === "paid") return ["full", event.entity === "order" ? "money" : "plain"];
      return event.to === "closed" ? ["bar", "soft"] : ["half", "plain"];
    case "call":
      return event.errorText === null ? ["half", "soft"] : ["wedge", "warn"];
    case "job_run":
      return event.error === null ? ["half", "soft"] : ["wedge", "warn"];
    case "note":
    case "audit":
      return ["half", "accent"];
    case "alarm":
      return event.status === "resolved" ? ["bar", "soft"] : ["wedge", "danger"];
    case "outbox":
    case "waiting_job":
      return ["hollow", "soft"];
  }
}

/** Money that goes back is never green. */
function moveOfRefund(event: string): [Shape, Tone] {
  if (event === "succeed") return ["full", "plain"];
  if (["turnAbnormal", "payByHand", "correct", "reopen"].includes(event)) return ["wedge", "warn"];
  return ["reject", "withdraw", "close", "giveUp", "refuseReturn"].includes(event)
    ? ["bar", "soft"]
    : ["half", "plain"];
}

function moveOfDelivery(event: string): [Shape, Tone] {
  if (event === "fail" || event === "refuse") return ["wedge", "warn"];
  if (event === "void" || event === "waive") return ["bar", "soft"];
  return event === "receive" || event === "report" ? ["full", "plain"] : ["half", "plain"];
}
