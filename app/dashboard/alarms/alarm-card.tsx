import Link from "next/link";
import { useTranslations } from "next-intl";
import { knownKind, outOfTime } from "@/lib/alarms/kinds";
import type { ListedAlarm } from "@/lib/alarms/list-alarms";
import { isReportRemedy } from "@/lib/wechat/report-refusal";
import { useAlarmTitle } from "../parts/alarm-link";
import { Mark } from "../parts/mark";
import { RefundLink } from "../parts/refund-link";
import { ReportRemedyText } from "../parts/report-remedy";
import { AlarmStatusMark } from "../parts/status";
import { ShortMoment, useSpan } from "../parts/times";
import { AlarmFacts, textFact } from "./alarm-facts";
import { AlarmForms } from "./alarm-forms";
import { AlarmOrders } from "./alarm-orders";
import { AlarmPeople } from "./alarm-people";

type Props = {
  alarm: ListedAlarm;
  clock: { timeZone: string; now: Date };
  people: { id: number; name: string }[];
  mayReadNotifications: boolean;
  mayHandle: boolean;
};

/** One alarm: what it is, since when and how often, whom it concerns, why, and what to do about it. */
export function AlarmCard({ alarm, clock, people, mayReadNotifications, mayHandle }: Props) {
  const t = useTranslations("alarms");
  const span = useSpan();
  const titleOf = useAlarmTitle();
  const kind = knownKind(alarm) ?? "wechat";
  const refundNo = textFact(alarm.facts, "outRefundNo");
  const openFor = (alarm.resolvedAt ?? clock.now).getTime() - alarm.raisedAt.getTime();
  const isOver = alarm.status === "resolved";
  return (
    <li id={`alarm-${alarm.id}`} className="sheet scroll-mt-4 px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="flex flex-wrap items-baseline gap-x-3">
          {titleOf(alarm)}
          {!isOver && outOfTime.includes(alarm.kind) && (
            <Mark shape="wedge" tone="danger">
              {t("outOfTime")}
            </Mark>
          )}
        </h2>
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
      <AlarmPeople alarm={alarm} clock={clock} />
      <AlarmOrders orderNos={alarm.orderNos} count={alarm.orderCount} />
      <h3 className="mt-3 text-s text-soft">{t("cause")}</h3>
      <p className="max-w-[52em]">{t(`kinds.${kind}.cause`)}</p>
      <AlarmReason alarm={alarm} clock={clock} />
      <h3 className="mt-2 text-s text-soft">{t("steps")}</h3>
      <ol className="grid max-w-[52em] list-decimal gap-0.5 ps-6">
        {t(`kinds.${kind}.steps`)
          .split("\n")
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <AlarmFacts facts={alarm.facts} clock={clock} />
      <p className="mt-2 flex flex-wrap gap-x-4">
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
      {mayHandle && !isOver && <AlarmForms alarm={alarm} people={people} />}
    </li>
  );
}

/** What this very case asks for: by WeChat's code, or because the report was taken before WeChat complained. */
function AlarmReason({ alarm, clock }: Pick<Props, "alarm" | "clock">) {
  const t = useTranslations("alarms");
  const { remedy } = alarm.facts;
  const reportedAt = textFact(alarm.facts, "reportedAt");
  const isReported = alarm.source === "wechat" && alarm.status !== "resolved" && reportedAt !== null;
  if (!isReported && !isReportRemedy(remedy)) return null;
  return (
    <>
      <h3 className="mt-2 text-s text-soft">{t("reason")}</h3>
      <p className="max-w-[52em]">
        {isReported &&
          t.rich("reportedBefore", { at: () => <ShortMoment at={new Date(reportedAt)} {...clock} /> })}
        {isReportRemedy(remedy) && <ReportRemedyText remedy={remedy} />}
      </p>
    </>
  );
}
