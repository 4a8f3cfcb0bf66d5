import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import type { Figures } from "@/lib/figures/count-span";
import { rateOf } from "@/lib/figures/sum-figures";
import { useSpan } from "../parts/times";

/** A figure in words; of a day that has none, or of a rate of nothing, a dash and never a nought. */
export type Tell = (figures: Figures | null) => string;

const none = "—";

export function useTold() {
  const locale = useLocale();
  const span = useSpan();
  return {
    count:
      (name: "orders" | "decided" | "converted" | "paid" | "refunds" | "shipped"): Tell =>
      (figures) =>
        figures ? figures[name].toLocaleString(locale) : none,
    fen:
      (name: "paidFen" | "refundedFen"): Tell =>
      (figures) =>
        figures ? formatFen(figures[name], locale) : none,
    rate: ((figures) => {
      const rate = figures && rateOf(figures);
      return rate === null
        ? none
        : rate.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
    }) as Tell,
    shipTime: ((figures) =>
      figures && figures.shipSeconds !== null ? span(figures.shipSeconds * 1000) : none) as Tell,
  };
}

/** A day as "11/27" or "周五", whatever clock the reader has. */
export function useDayWords(): Record<"short" | "weekday" | "whole", (day: string) => string> {
  const locale = useLocale();
  const as = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (day: string) => format.format(new Date(`${day}T00:00Z`));
  };
  return {
    short: as({ month: "numeric", day: "numeric" }),
    weekday: as({ weekday: "short" }),
    whole: as({ month: "2-digit", day: "2-digit", weekday: "short" }),
  };
}

/** What each chart shows, in words too, for who cannot see it. */
export function useChartWords() {
  const t = useTranslations("home.figures");
  const { short } = useDayWords();
  return (values: { day: string; value: number; told: string }[]): string => {
    const highest = values.reduce<(typeof values)[number] | null>(
      (most, one) => (most === null || one.value > most.value ? one : most),
      null,
    );
    if (!highest) return t("emptyChart");
    return t("chart", { days: values.length, day: short(highest.day), most: highest.told });
  };
}
