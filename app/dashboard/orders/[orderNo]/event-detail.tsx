import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { AlarmLink } from "../../parts/alarm-link";
import { RefundLink } from "../../parts/refund-link";
import type { EventWords } from "./event-words";

/** Numbers, who, and what came of it: one small line. */
export function EventDetail({ event, words }: { event: TimelineEvent; words: EventWords }): ReactNode {
  const t = useTranslations("desk.order.timeline");
  const status = useTranslations("desk.alarmStatus");
  switch (event.kind) {
    case "transition":
      return (
        <Parts
          of={[
            words.who(event),
            <Code key="number" of={event.outTradeNo} />,
            event.tradeType,
            event.outRefundNo && <RefundLink key="refund" refundNo={event.outRefundNo} />,
          ]}
        />
      );
    case "receipt":
      return (
        <Parts
          of={[
            words.who(event),
            <Code key="transaction" of={event.transactionId} />,
            event.feeType === "CNY" ? null : event.feeType,
          ]}
        />
      );
    case "notification":
      return (
        <Parts
          of={[
            t("answered", { answer: event.answer }),
            event.copies > 0 ? t("copies", { count: event.copies }) : null,
            <Code key="transaction" of={event.transactionId} />,
            event.reason && (
              <span key="reason" lang="en" className="zg-code">
                {event.reason}
              </span>
            ),
          ]}
        />
      );
    case "call":
      return (
        <Parts
          of={[
            <Code key="outcome" of={event.outcome} />,
            t("took", { ms: event.tookMs }),
            event.errorText,
            <Code key="number" of={event.outRefundNo ?? event.outTradeNo} />,
          ]}
        />
      );
    case "job_run":
      return <Parts of={[t("attempt", { attempt: event.attempt }), words.runOutcome(event)]} />;
    case "waiting_job":
      return (
        <Parts of={[event.attempts > 0 ? t("tried", { count: event.attempts }) : null, event.lastError]} />
      );
    case "alarm":
      return (
        <Parts
          of={[
            status(event.status),
            event.count > 1 ? t("alarmTimes", { count: event.count }) : null,
            <AlarmLink key="alarm" id={event.id} kind={event.of} status={event.status}>
              {t("toAlarm")}
            </AlarmLink>,
          ]}
        />
      );
    case "note":
      return (
        <>
          {event.staffName}
          <span className="block whitespace-pre-line break-words text-ink text-m">{event.text}</span>
        </>
      );
    case "audit":
      return words.who(event);
    case "outbox":
      return null;
  }
}

function Code({ of }: { of: string | null }) {
  return of && <span className="zg-code">{of}</span>;
}

function Parts({ of }: { of: ReactNode[] }) {
  return of
    .filter((part) => part !== null && part !== "" && !(isCode(part) && part.props.of === null))
    .map((part, n) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never change places.
      <span key={n}>
        {n > 0 && " · "}
        {part}
      </span>
    ));
}

function isCode(part: ReactNode): part is React.ReactElement<{ of: string | null }> {
  return typeof part === "object" && part !== null && "type" in part && part.type === Code;
}
