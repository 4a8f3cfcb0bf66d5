import type { TimelineEvent } from "./timeline-event";

/** An event as the terminal shows it: what it is, what it is about, and the rest. No personal data. */
export function describeEvent(event: TimelineEvent): [what: string, subject: string, rest: string] {
  switch (event.kind) {
    case "transition": {
      const moved = `${event.from ?? "(new)"} -> ${event.to}`;
      return [
        `${event.entity} ${event.event}`,
        event.outRefundNo ?? event.outTradeNo ?? "",
        join(moved, event.tradeType, `by ${event.actor}`),
      ];
    }
    case "receipt":
      return [
        `receipt ${event.verdict}`,
        event.transactionId,
        join(
          `${event.totalFen} fen ${event.feeType}`,
          event.reason,
          `told by ${event.source}`,
          event.outTradeNo,
        ),
      ];
    case "notification": {
      const copies = event.copies > 0 ? `${event.copies} more cop${event.copies === 1 ? "y" : "ies"}` : null;
      return [
        `notification ${event.verdict}`,
        event.transactionId ?? "",
        join(`#${event.id} ${event.of}`, `answered ${event.answer}`, copies, event.reason),
      ];
    }
    case "call":
      return [
        `call ${event.call}`,
        event.outRefundNo ?? event.outTradeNo ?? "",
        join(event.outcome, `${event.tookMs} ms`, event.errorText),
      ];
    case "alarm":
      return [
        `alarm ${event.of}`,
        event.source,
        join(event.status, event.count > 1 ? `${event.count} times` : null),
      ];
    case "outbox":
      return ["outbox", event.task, "waits to become a job"];
    case "job_run":
      return ["job run", event.task, join(`attempt ${event.attempt}`, outcomeOf(event))];
    case "waiting_job":
      return [
        event.running ? "job runs now" : "job waits",
        event.task,
        join(event.attempts > 0 ? `${event.attempts} tried` : null, event.lastError),
      ];
    case "note": // Its words stay at the desk: they may name people.
      return ["note", `staff ${event.staffId}`, `${event.text.length} characters`];
    case "audit":
      return [
        `audit ${event.action}`,
        `${event.subject} ${event.subjectId}`,
        event.staffId === null ? "command line" : `staff ${event.staffId}`,
      ];
  }
}

function outcomeOf(run: { endedAt: Date | null; at: Date; error: string | null }): string {
  if (run.endedAt === null) return "not ended";
  return run.error === null
    ? `done in ${run.endedAt.getTime() - run.at.getTime()} ms`
    : `failed: ${run.error}`;
}

function join(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}
