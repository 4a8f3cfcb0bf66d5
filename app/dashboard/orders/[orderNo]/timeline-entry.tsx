import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { Mark } from "../../parts/mark";
import { RawMessage } from "../../parts/raw-message";
import { EventDetail } from "./event-detail";
import { lookOf } from "./event-look";
import type { EventWords } from "./event-words";

type Props = {
  event: TimelineEvent;
  words: EventWords;
  day: string | null;
  timeZone: string;
  mayReadRaw: boolean;
};

export function TimelineEntry({ event, words, day, timeZone, mayReadRaw }: Props) {
  const t = useTranslations("desk.order.timeline");
  const [shape, tone] = lookOf(event);
  return (
    <li className="grid grid-cols-[4.75rem_minmax(0,1fr)] gap-x-3 py-1.5 sm:grid-cols-[5.5rem_minmax(0,1fr)]">
      {day && <p className="col-span-2 pb-1 font-semibold text-s text-soft">{day}</p>}
      <EventTime at={event.at} timeZone={timeZone} />
      <div className="min-w-0">
        <Mark shape={shape} tone={tone}>
          <span className="whitespace-normal">{words.title(event)}</span>
        </Mark>
        <p className="text-s text-soft">
          <EventDetail event={event} words={words} />
        </p>
        {event.kind === "notification" &&
          (mayReadRaw ? (
            <details className="mt-1">
              <summary className="w-fit cursor-pointer text-accent text-s">
                {t("raw", { id: event.id })}
              </summary>
              <RawMessage headers={event.headers} raw={event.raw} />
              <Link href={`/dashboard/notifications/${event.id}`} prefetch={false} className="text-s">
                {t("toNotification")}
              </Link>
            </details>
          ) : (
            <p className="text-s text-soft">{t("mayNotReadRaw")}</p>
          ))}
      </div>
    </li>
  );
}

function EventTime({ at, timeZone }: { at: Date; timeZone: string }) {
  const locale = useLocale();
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone } as const;
  const whole = { dateStyle: "full", timeStyle: "long", timeZone } as const;
  return (
    <time
      className="zg-number text-soft"
      dateTime={at.toISOString()}
      title={new Intl.DateTimeFormat(locale, whole).format(at)}
    >
      {new Intl.DateTimeFormat(locale, time).format(at)}
    </time>
  );
}
