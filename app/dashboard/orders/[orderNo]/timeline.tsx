import { getLocale, getTranslations } from "next-intl/server";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { readEventWords } from "./event-words";
import { TimelineEntry } from "./timeline-entry";

type Props = {
  events: TimelineEvent[];
  clock: { timeZone: string; now: Date };
  mayReadRaw: boolean;
  isNewestFirst?: boolean;
};

/** One line of time for everything: what happened, and on the side of the future what waits to happen. */
export async function Timeline({ events, clock, mayReadRaw, isNewestFirst = false }: Props) {
  const t = await getTranslations("desk.order.timeline");
  const words = await readEventWords();
  const locale = await getLocale();
  const { timeZone } = clock;
  const dayOf = (at: Date) => at.toLocaleDateString(locale, { dateStyle: "long", timeZone });
  const waits = (event: TimelineEvent) => event.kind === "waiting_job" || event.kind === "outbox";
  const inOrder = isNewestFirst ? events.toReversed() : events;
  const happened = inOrder.filter((event) => !waits(event));
  const waiting = inOrder.filter(waits);
  const entry = (event: TimelineEvent, day: string | null) => (
    <TimelineEntry
      key={event.key}
      event={event}
      words={words}
      day={day}
      timeZone={timeZone}
      mayReadRaw={mayReadRaw}
    />
  );
  const past = (
    <ol key="past" className="grid">
      {happened.map((event, n) => {
        const day = dayOf(event.at);
        const before = happened[n - 1];
        return entry(event, !before || dayOf(before.at) !== day ? day : null);
      })}
    </ol>
  );
  const future = waiting.length > 0 && (
    <div
      key="future"
      className={isNewestFirst ? "mb-3 border-line border-b pb-3" : "mt-3 border-line border-t pt-3"}
    >
      <h3 className="pb-1">{t("next")}</h3>
      <ol className="grid">
        {waiting.map((event, n) => {
          const day = dayOf(event.at);
          return entry(event, day === dayOf(waiting[n - 1]?.at ?? clock.now) ? null : day);
        })}
      </ol>
    </div>
  );
  if (events.length === 0) return <p className="px-4 py-3 text-soft">{t("none")}</p>;
  return <div className="px-4 py-3">{isNewestFirst ? [future, past] : [past, future]}</div>;
}
