import { getLocale, getTranslations } from "next-intl/server";
import type { Figures } from "@/lib/figures/count-span";
import type { Day } from "@/lib/figures/read-days";
import { rateOf } from "@/lib/figures/sum-figures";
import { barOption, lineOption, type Series } from "./chart-option";
import { drawChart } from "./draw-chart";

/** Null where the viewer may not see it. */
export type ChartSvgs = { orders: string; money: string | null; conversion: string; shipping: string };

const hourS = 3600;
type Axis = (value: number) => string;

export async function drawCharts(days: Day[], { withMoney }: { withMoney: boolean }): Promise<ChartSvgs> {
  const t = await getTranslations("home.figures");
  const locale = await getLocale();
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { month: "numeric", day: "numeric", timeZone: "UTC" });
  const names = days.map(({ day }) => date.format(new Date(`${day}T00:00Z`)));
  const of = (value: (figures: Figures) => number | null) =>
    days.map(({ figures }) => (figures ? value(figures) : null));

  const counts = (value: number) => short.format(value);
  const yuan = (fen: number) => `¥${short.format(Math.abs(fen) / 100)}`;
  const percent = (value: number) => `${value}%`;
  const hours = (value: number) => t("hours", { hours: short.format(value) });
  const bars = (name: string, series: Series[], axis: Axis) =>
    drawChart([name, locale, names, series], barOption(series, { days: names, axis }));
  const line = (name: string, values: (number | null)[], axis: Axis, most?: number) =>
    drawChart([name, locale, names, values], lineOption(values, { days: names, axis, most }));

  const [orders, money, conversion, shipping] = await Promise.all([
    bars(
      "orders",
      [
        { look: "full", values: of(({ paid }) => paid) },
        { look: "hollow", values: of((figures) => figures.orders) },
      ],
      counts,
    ),
    withMoney
      ? bars(
          "money",
          [
            { look: "money", values: of(({ paidFen }) => paidFen) },
            { look: "hollow", values: of(({ refundedFen }) => -refundedFen) },
          ],
          yuan,
        )
      : null,
    line("conversion", of(percentOf), percent, 100),
    line(
      "shipping",
      of(({ shipSeconds }) => (shipSeconds === null ? null : shipSeconds / hourS)),
      hours,
    ),
  ]);
  return { orders, money, conversion, shipping };
}

function percentOf(figures: Figures): number | null {
  const rate = rateOf(figures);
  return rate === null ? null : Math.round(rate * 1000) / 10;
}
