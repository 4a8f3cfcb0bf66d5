import { useLocale, useTranslations } from "next-intl";
import { dateFormat } from "@/app/ui/date-format";

/** A moment for a list: day and minute; the year only when it is another one; the whole of it on hovering. */
export function ShortMoment({ at, timeZone, now }: { at: Date; timeZone: string; now: Date }) {
  const locale = useLocale();
  const year = (date: Date) => dateFormat("en", { year: "numeric", timeZone }).format(date);
  const short = dateFormat(locale, {
    year: year(at) === year(now) ? undefined : "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(at);
  const whole = dateFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone }).format(at);
  return (
    <time className="zg-number" dateTime={at.toISOString()} title={whole}>
      {short}
    </time>
  );
}

const minuteMs = 60_000;

/** Time between two moments in words: the two largest units, rounded down. */
export function useSpan(): (fromMs: number) => string {
  const t = useTranslations("desk.span");
  return (ms) => {
    const minutes = Math.floor(ms / minuteMs);
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (days > 0) return t("days", { days, hours: hours % 24 });
    if (hours > 0) return t("hours", { hours, minutes: minutes % 60 });
    return minutes > 0 ? t("minutes", { minutes }) : t("moment");
  };
}

/** Time left until a deadline, or by how much it is past: written out, not only coloured. */
export function TimeLeft({ until, now }: { until: Date; now: Date }) {
  const t = useTranslations("desk.span");
  const span = useSpan();
  const ms = until.getTime() - now.getTime();
  if (ms < 0) return <span className="text-danger font-semibold">{t("overdue", { span: span(-ms) })}</span>;
  return <span>{t("left", { span: span(ms) })}</span>;
}
