import type { EChartsCoreOption } from "echarts/core";
import { plainSvg } from "./plain-svg";

/** What a card of the home page gives a chart on a phone and beside its numbers alike, so that letters stay letters. */
const size = { width: 340, height: 150 };

const keptAtMost = 64; // A few desks' worth, 7 KB each.
const drawn = new Map<string, string>();

/**
 * A chart as SVG text, drawn on the server: the browser gets no script for it. The library is loaded for the first
 * chart of a process. Drawing takes milliseconds, and every open desk reads itself again at each signal: what was drawn
 * from the very same `from` is given again.
 */
export async function drawChart(from: unknown, option: EChartsCoreOption): Promise<string> {
  const key = JSON.stringify(from);
  const known = drawn.get(key);
  if (known) return known;
  const { init } = await import("./echarts");
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    const svg = plainSvg(chart.renderToSVGString());
    if (drawn.size >= keptAtMost) drawn.clear();
    drawn.set(key, svg);
    return svg;
  } finally {
    chart.dispose();
  }
}
