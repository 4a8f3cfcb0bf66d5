import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedAlarm } from "@/lib/alarms/list-alarms";
import { RefundLink } from "../parts/refund-link";
import { AlarmStatusMark } from "../parts/status";
import { ShortMoment, useSpan } from "../parts/times";
import { AlarmFacts } from "./alarm-facts";

const kinds = [
  "forged_notification",
  "foreign_notification",
  "weaker_signature",
  "mismatching_money",
  "second_transaction",
  "unknown_money",
  "wechat_refused",
  "job_failed",
  "refund_stuck",
  "refund_refused",
  "refund_not_enough",
  "refund_by_hand",
  "refund_abnormal",
  "refund_closed",
  "refund_mismatch",
  "refund_contradiction",
  "unknown_refund",
  "certificate_trouble",
  "certificate_expiring",
  "delivery_failed",
  "report_refused",
  "report_stuck",
  "token_trouble",
  "codes_empty",
  "content_unreadable",
] as const;

type Props = { alarm: ListedAlarm; clock: { timeZone: string; now: Date }; mayReadNotifications: boolean };

export function AlarmCard({ alarm, clock, mayReadNotifications }: Props) {
  const t = useTranslations("desk.alarms");
  const span = useSpan();
  const kind = kinds.find((known) => known === alarm.kind);
  const { outRefundNo } = alarm.facts;
  const refundNo = typeof outRefundNo === "string" ? outRefundNo : null;
  const openFor = (alarm.resolvedAt ?? clock.now).getTime() - alarm.raisedAt.getTime();
  return (
    <li className="sheet px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2>{kind ? t(`kinds.${kind}.title`) : t("kinds.wechat.title", { type: alarm.kind })}</h2>
        <AlarmStatusMark status={alarm.status} />
      </div>
      <p className="text-s text-soft">
        {t("since")} <ShortMoment at={alarm.raisedAt} {...clock} /> · {span(Math.max(0, openFor))} ·{" "}
        {t("times", { count: alarm.count })}
        {alarm.count > 1 && (
          <>
            {" · "}
            {t("last")} <ShortMoment at={alarm.lastRaisedAt} {...clock} />
          </>
        )}
      </p>
      <p className="mt-2 max-w-[52em]">{kind ? t(`kinds.${kind}.remedy`) : t("kinds.wechat.remedy")}</p>
      <AlarmFacts facts={alarm.facts} />
      <p className="mt-2 flex flex-wrap gap-x-4">
        {alarm.orderNo && (
          <Link href={`/dashboard/orders/${alarm.orderNo}`} prefetch={false}>
            {t("order")} <span className="zg-code">{alarm.orderNo}</span>
          </Link>
        )}
        {(kind === "codes_empty" || kind === "content_unreadable") && (
          <Link href="/dashboard/deliveries/contents" prefetch={false}>
            {t("contents")}
          </Link>
        )}
        {refundNo && kind !== "unknown_refund" && <RefundLink refundNo={refundNo}>{t("refund")}</RefundLink>}
        {mayReadNotifications && alarm.notificationId && (
          <Link href={`/dashboard/notifications/${alarm.notificationId}`} prefetch={false}>
            {t("notification", { id: alarm.notificationId })}
          </Link>
        )}
      </p>
    </li>
  );
}
