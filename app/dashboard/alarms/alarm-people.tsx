import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ListedAlarm } from "@/lib/alarms/list-alarms";
import { ShortMoment } from "../parts/times";

type Props = { alarm: ListedAlarm; clock: { timeZone: string; now: Date } };

/** Who has done what about it, and what they wrote. */
export function AlarmPeople({ alarm, clock }: Props) {
  const t = useTranslations("alarms.who");
  const at = (moment: Date) => () => <ShortMoment at={moment} {...clock} />;
  return (
    <>
      {alarm.assigneeName && <Line>{t("assigned", { name: alarm.assigneeName })}</Line>}
      {alarm.acknowledgedAt && (
        <Line note={alarm.note}>
          {t.rich("acknowledged", { name: alarm.acknowledgerName ?? "", at: at(alarm.acknowledgedAt) })}
        </Line>
      )}
      {alarm.resolvedAt && (
        <Line note={alarm.resolution}>
          {alarm.resolverName === null
            ? t.rich("byFact", { at: at(alarm.resolvedAt) })
            : t.rich("resolved", { name: alarm.resolverName, at: at(alarm.resolvedAt) })}
        </Line>
      )}
    </>
  );
}

function Line({ children, note }: { children: ReactNode; note?: string | null }) {
  const t = useTranslations("alarms.who");
  return (
    <p className="mt-1">
      {children} {note && <span className="break-words">{t("wrote", { note })}</span>}
    </p>
  );
}
