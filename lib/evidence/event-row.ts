import { describeEvent } from "@/lib/orders/describe-event";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import type { EvidenceWords } from "./evidence-words";

/** An event as time, who, what, number and details: the last in the codes that the rows keep, which need no language. */
export function eventRow(
  event: TimelineEvent,
  words: EvidenceWords,
): [string, string, string, string, string] {
  const [what, subject, rest] = describeEvent(event);
  return [words.time(event.at), words.who(event), words.title(event), subject, `${what} · ${rest}`];
}
