import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import { knownKind } from "@/lib/alarms/kinds";
import { actionKey } from "@/lib/audit/action-key";
import { auditActions } from "@/lib/audit/write-entry";
import type { TimelineEvent } from "@/lib/orders/timeline-event";

type Of<Kind extends TimelineEvent["kind"]> = Extract<TimelineEvent, { kind: Kind }>;

export type EventWords = {
  /** What an event is. */
  title: (event: TimelineEvent) => string;
  /** Who did it: a person of the staff, the buyer, WeChat or the shop itself. */
  who: (event: TimelineEvent) => string;
  runOutcome: (run: Of<"job_run">) => string;
};

/** The words for events in the reader's language, for a page or a file. */
export async function readEventWords(): Promise<EventWords> {
  const t = await getTranslations("desk.order.timeline");
  const words = await getTranslations("desk");
  const actors = await getTranslations("desk.actor");
  const tasks = await getTranslations("desk.task");
  const alarms = await getTranslations("alarms");
  const locale = await getLocale();

  const taskOf = (task: string) => {
    const name = knownTasks.find((item) => item === task);
    return name ? tasks(name) : task;
  };
  /** "buyer:12", "job:close_order", "rule:surplus", "wechat:query". */
  const actorOf = (actor: string) => {
    const [who = "", id = ""] = actor.split(":");
    if (who === "buyer") return actors("buyer", { id });
    if (who === "staff") return actors("staff", { id });
    if (who === "rule") {
      const rule = rules.find((known) => known === `${id}Rule`) ?? "approvalRule";
      return actors(rule);
    }
    if (who === "job") return actors("job", { task: taskOf(id) });
    if (actor === "wechat:notification") return actors("wechatNotification");
    if (actor === "wechat:query") return actors("wechatQuery");
    return actor === "wechat:answer" ? actors("wechatAnswer") : actor;
  };
  const alarmOf = ({ source, of }: Of<"alarm">) => {
    const kind = knownKind({ source, kind: of });
    return kind ? alarms(`kinds.${kind}.title`) : alarms("kinds.wechat.title", { type: of });
  };

  return {
    title: (event) => {
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
          return t("alarm", { title: alarmOf(event) });
        case "note":
          return t("note");
        case "audit": {
          const action = auditActions.find((known) => known === event.action);
          return action ? words(`audit.${actionKey(action)}`) : event.action;
        }
      }
    },
    who: (event) => {
      switch (event.kind) {
        case "transition":
          return event.staffName ?? actorOf(event.actor);
        case "receipt":
          return words(`moneySource.${event.source}`);
        case "notification":
          return actors("wechatNotification");
        case "alarm":
          return actors(event.source === "wechat" ? "wechat" : "shop");
        case "note":
          return event.staffName;
        case "audit":
          return event.staffName ?? t("commandLine");
        default:
          return actors("shop");
      }
    },
    runOutcome: ({ at, endedAt, error }) => {
      if (endedAt === null) return t("notEnded");
      return error === null ? t("took", { ms: endedAt.getTime() - at.getTime() }) : t("failed", { error });
    },
  };
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

const knownTasks = [
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

const rules = ["surplusRule", "approvalRule", "virtualRule"] as const;
