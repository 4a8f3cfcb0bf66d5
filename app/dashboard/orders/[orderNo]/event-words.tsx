import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatFen } from "@/app/ui/format-fen";
import { actionKey } from "@/lib/audit/action-key";
import { auditActions } from "@/lib/audit/write-entry";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { AlarmLink, useAlarmTitle } from "../../parts/alarm-link";
import { RefundLink } from "../../parts/refund-link";

type Of<Kind extends TimelineEvent["kind"]> = Extract<TimelineEvent, { kind: Kind }>;

/** What an event is, in words. */
export function EventTitle({ event }: { event: TimelineEvent }) {
  const t = useTranslations("desk.order.timeline");
  const words = useTranslations("desk");
  const locale = useLocale();
  const taskOf = useTask();
  const alarmOf = useAlarmTitle();
  switch (event.kind) {
    case "transition":
      return t(`moves.${moveOf(event)}`);
    case "receipt":
      return t(`receipts.${event.verdict}`, { amount: formatFen(event.totalFen, locale) });
    case "notification":
      return t("notification", {
        kind: words(`notificationKind.${event.of}`),
        verdict: words(`verdict.${event.verdict}`),
      });
    case "call":
      return t("call", { call: event.call });
    case "job_run":
      return t("jobRun", { task: taskOf(event.task) });
    case "waiting_job":
      return t(event.running ? "jobRunning" : "jobWaiting", { task: taskOf(event.task) });
    case "outbox":
      return t("outbox", { task: taskOf(event.task) });
    case "alarm":
      return t("alarm", { title: alarmOf({ source: event.source, kind: event.of }) });
    case "note":
      return t("note");
    case "audit": {
      const action = auditActions.find((known) => known === event.action);
      return action ? words(`audit.${actionKey(action)}`) : event.action;
    }
  }
}

/** Numbers, who, and what came of it: one small line. */
export function EventDetail({ event }: { event: TimelineEvent }): ReactNode {
  const t = useTranslations("desk.order.timeline");
  const words = useTranslations("desk");
  const actorOf = useActor();
  const outcomeOf = useRunOutcome();
  switch (event.kind) {
    case "transition":
      return (
        <Parts
          of={[
            actorOf(event.actor),
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
            words(`moneySource.${event.source}`),
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
      return <Parts of={[t("attempt", { attempt: event.attempt }), outcomeOf(event)]} />;
    case "waiting_job":
      return (
        <Parts of={[event.attempts > 0 ? t("tried", { count: event.attempts }) : null, event.lastError]} />
      );
    case "alarm":
      return (
        <Parts
          of={[
            words(`alarmStatus.${event.status}`),
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
      return event.staffName ?? t("commandLine");
    case "outbox":
      return null;
  }
}

function moveOf(event: Of<"transition">) {
  const known = [
    "order_create",
    "order_pay",
    "order_revive",
    "order_startClosing",
    "order_close",
    "payment_create",
    "payment_open",
    "payment_pay",
    "payment_close",
    "order_refund",
    "refund_request",
    "refund_portal",
    "refund_approve",
    "refund_reject",
    "refund_withdraw",
    "refund_undo",
    "refund_askReturn",
    "refund_receiveReturn",
    "refund_refuseReturn",
    "refund_send",
    "refund_resend",
    "refund_accept",
    "refund_turnAbnormal",
    "refund_succeed",
    "refund_close",
    "refund_correct",
    "refund_reopen",
    "refund_payByHand",
    "refund_giveUp",
    "order_ship",
    "order_unship",
    "order_complete",
    "delivery_ship",
    "delivery_receive",
    "delivery_fail",
    "delivery_void",
    "report_report",
    "report_refuse",
    "report_waive",
    "report_sendAgain",
    "report_giveUp",
    "report_reopen",
  ] as const;
  return known.find((move) => move === `${event.entity}_${event.event}`) ?? "other";
}

function useTask(): (task: string) => string {
  const t = useTranslations("desk.task");
  const known = [
    "query_payment",
    "ask_now",
    "close_payment",
    "close_order",
    "order_paid",
    "surplus_received",
    "send_refund",
    "query_refund",
    "find_refunds",
    "refund_changed",
    "apply_refund_notification",
    "report_delivery",
    "delivery_changed",
    "owe_report",
    "alarm_raised",
    "deliver_virtual",
    "complete_order",
    "escalate_deadlines",
    "requeue_reports",
  ] as const;
  return (task) => {
    const name = known.find((item) => item === task);
    return name ? t(name) : task;
  };
}

const rules = ["surplusRule", "approvalRule", "virtualRule"] as const;

/** "buyer:12", "job:close_order", "rule:surplus", "wechat:query": who made a move. */
function useActor(): (actor: string) => string {
  const t = useTranslations("desk.actor");
  const taskOf = useTask();
  return (actor) => {
    const [who = "", id = ""] = actor.split(":");
    if (who === "buyer") return t("buyer", { id });
    if (who === "staff") return t("staff", { id });
    if (who === "rule") return t(rules.find((rule) => rule === `${id}Rule`) ?? "approvalRule");
    if (who === "job") return t("job", { task: taskOf(id) });
    if (actor === "wechat:notification") return t("wechatNotification");
    if (actor === "wechat:query") return t("wechatQuery");
    return actor === "wechat:answer" ? t("wechatAnswer") : actor;
  };
}

function useRunOutcome(): (run: Of<"job_run">) => string {
  const t = useTranslations("desk.order.timeline");
  return ({ at, endedAt, error }) => {
    if (endedAt === null) return t("notEnded");
    return error === null ? t("took", { ms: endedAt.getTime() - at.getTime() }) : t("failed", { error });
  };
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
