import type { EChartsCoreOption } from "echarts/core";

/** One row of values, a day each, oldest first; null where there is none. */
export type Series = { look: Look; values: (number | null)[] };

/** Colours are the tokens themselves, so that a chart follows light and dark without being drawn twice. */
const looks = {
  /** Money received: the one thing that is green. */
  money: { itemStyle: { color: "var(--zg-money)" } },
  full: { itemStyle: { color: "var(--zg-accent)" } },
  hollow: {
    z: 3,
    itemStyle: { color: "transparent", borderColor: "var(--zg-ink-soft)", borderWidth: 1 },
  },
} as const;
export type Look = keyof typeof looks;

type Labels = { days: string[]; axis: (value: number) => string; most?: number };

/** Bars over each other, a day's each; what is below zero goes down. */
export function barOption(series: Series[], labels: Labels): EChartsCoreOption {
  return {
    ...frame(labels),
    series: series.map(({ look, values }) => ({
      ...{ type: "bar", silent: true, barGap: "-100%", barCategoryGap: "25%" },
      ...looks[look],
      data: values.map((value) => value ?? "-"),
    })),
  };
}

/** A line through the days that have a value, broken where there is none; a day alone is a dot. */
export function lineOption(values: (number | null)[], labels: Labels): EChartsCoreOption {
  const line = { color: "var(--zg-accent)", width: 1.5 };
  return {
    ...frame(labels),
    series: [
      {
        ...{
          type: "line",
          silent: true,
          symbol: "circle",
          symbolSize: 4,
          showAllSymbol: true,
          connectNulls: false,
        },
        ...{ lineStyle: line, itemStyle: { color: "var(--zg-accent)" } },
        data: values.map((value) => value ?? "-"),
      },
    ],
  };
}

const axisText = { color: "var(--zg-ink-soft)", fontSize: 12, fontFamily: "inherit" };
const weekDays = 7;

function frame({ days, axis, most }: Labels) {
  const last = days.length - 1;
  return {
    textStyle: { fontFamily: "inherit" },
    grid: { left: 46, right: 10, top: 10, bottom: 24 },
    xAxis: {
      type: "category",
      data: days,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "var(--zg-line-strong)" } },
      // Today, and the same day of each week before.
      axisLabel: { ...axisText, interval: (index: number) => (last - index) % weekDays === 0 },
    },
    yAxis: {
      type: "value",
      ...(most === undefined ? {} : { max: most, min: 0, interval: most / 2 }),
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: "var(--zg-line)" } },
      axisLabel: { ...axisText, formatter: (value: number) => axis(value) },
    },
  };
}
