import { useLocale } from "next-intl";
import { dateFormat } from "./date-format";

type Style = "full" | "short";

/** A point in time as the shop's clocks show it; `timeZone` is the shop's setting. `short` leaves year and seconds out. */
export function Moment({
  at,
  timeZone,
  style = "full",
}: {
  at: string | Date;
  timeZone: string;
  style?: Style;
}) {
  const date = new Date(at);
  return (
    <time className="zg-number" dateTime={date.toISOString()}>
      {formatMoment(date, { locale: useLocale(), timeZone, style })}
    </time>
  );
}

export function formatMoment(date: Date, of: { locale: string; timeZone: string; style?: Style }): string {
  return dateFormat(of.locale, { ...formats[of.style ?? "full"], timeZone: of.timeZone }).format(date);
}

const formats: Record<Style, Intl.DateTimeFormatOptions> = {
  full: { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" },
  short: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};
