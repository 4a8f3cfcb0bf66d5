import { useLocale, useTranslations } from "next-intl";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { TimelineEntry } from "./timeline-entry";

type Props = { events: TimelineEvent[]; clock: { timeZone: string; now: Date }; mayReadRaw: boolean };

/** One line of time for everything: what happened, newest last, and below it what waits to happen. */
export function Timeline({ events, clock, mayReadRaw }: Props) {
  const t = useTranslations("desk.order.timeline");
  const locale = useLocale();
  const { timeZone } = clock;
  const dayOf = (at: Date) => at.toLocaleDateString(locale, { dateStyle: "long", timeZone });
  const waits = (event: TimelineEvent) => event.kind === "waiting_job" || event.kind === "outbox";
  const happened = events.filter((event) => !waits(event));
  const waiting = events.filter(waits);
  return (
    <div className="px-4 py-3">
      <ol className="grid">
        {happened.map((event, n) => {
          const day = dayOf(event.at);
          const before = happened[n - 1];
          const isNewDay = !before || dayOf(before.at) !== day;
          return (
            <TimelineEntry
              key={event.key}
              event={event}
              day={isNewDay ? day : null}
              timeZone={timeZone}
              mayReadRaw={mayReadRaw}
            />
          );
        })}
      </ol>
      {waiting.length > 0 && (
        <>
          <h3 className="mt-3 border-line border-t pt-3 pb-1">{t("next")}</h3>
          <ol className="grid">
            {waiting.map((event) => (
              <TimelineEntry
                key={event.key}
                event={event}
                day={dayOf(event.at) === dayOf(clock.now) ? null : dayOf(event.at)}
                timeZone={timeZone}
                mayReadRaw={mayReadRaw}
              />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
