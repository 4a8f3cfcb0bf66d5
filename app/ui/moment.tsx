import { useLocale } from "next-intl";

/** A point in time as the shop's clocks show it; `timeZone` is the shop's setting. */
export function Moment({ at, timeZone }: { at: string | Date; timeZone: string }) {
  const date = new Date(at);
  return (
    <time className="zg-number" dateTime={date.toISOString()}>
      {formatMoment(date, { locale: useLocale(), timeZone })}
    </time>
  );
}

export function formatMoment(date: Date, { locale, timeZone }: { locale: string; timeZone: string }): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
    timeZone,
  }).format(date);
}
