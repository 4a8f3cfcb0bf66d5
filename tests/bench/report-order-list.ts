import type { OrderListFigures } from "./order-list";

const bars = { verbMs: 5, growth: 1.3, pageMs: 12, scriptsKb: 60 };

/** The order list's section of docs/benchmarks.md; it may be from a run of its own. */
export function describeOrderList(figures: OrderListFigures, date: Date): string[] {
  const { plan, shops, views, scripts } = figures;
  const sizes = plan.sizes.map((size) => size.toLocaleString("en"));
  return [
    "## The order list",
    "",
    `Measured ${date.toISOString().slice(0, 16).replace("T", " ")} UTC. Shops of ${sizes.join(", ")} orders of two years, with their goods, payments, receipts,`,
    `parcels and refunds: ${shops.map(({ diskMb, seededS }) => `${diskMb.toFixed(0)} MB, made in ${seededS.toFixed(0)} s`).join("; ")}. *List* is all that`,
    `the page of fifty asks the database about its orders, on one connection; *page* the whole answer of the app, signed`,
    `in, to its last byte, on one connection. ${plan.calls} calls of each list and ${plan.pageCalls} of each page, the sizes in turn, for other numbers`,
    "and depths each time; a search for digits finds a full page at every size from 5,000 on.",
    "",
    ...table("list", sizes, views, ({ verb }) => verb),
    "",
    ...table("page", sizes, views, ({ page }) => page),
    "",
    "| bar | wanted | measured | |",
    "|---|---|---:|---|",
    bar(
      "slowest list, p50 in ms",
      bars.verbMs,
      worst(views.flatMap(({ verb }) => verb.map(({ p50Ms }) => p50Ms))),
    ),
    bar(
      `most growth of a list, ${sizes.at(-1)} against ${sizes[0]}`,
      bars.growth,
      worst(views.map(({ verb }) => growthOf(verb))),
    ),
    bar(
      "slowest page, p50 in ms",
      bars.pageMs,
      worst(views.flatMap(({ page }) => page.map(({ p50Ms }) => p50Ms))),
    ),
    bar("its JavaScript above a bare page's, KB gz", bars.scriptsKb, scripts.pageKb - scripts.bareKb),
    "",
    `The page's JavaScript is ${scripts.pageKb.toFixed(0)} KB gz, of which every page has ${scripts.bareKb.toFixed(0)}.`,
  ];
}

type View = OrderListFigures["views"][number];

function table(what: string, sizes: string[], views: View[], of: (view: View) => View["verb"]): string[] {
  return [
    `| ${what} | ${sizes.map((size) => `${size}, p50 | p95`).join(" | ")} | growth |`,
    `|---|${sizes.map(() => "---:|---:|").join("")}---:|`,
    ...views.map((view) => {
      const times = of(view);
      const cells = times.map(({ p50Ms, p95Ms }) => `${p50Ms.toFixed(1)} ms | ${p95Ms.toFixed(1)} ms`);
      return `| ${view.what} | ${cells.join(" | ")} | ${growthOf(times).toFixed(2)} |`;
    }),
  ];
}

/** Of the largest size against the smallest. */
function growthOf(times: View["verb"]): number {
  return (times.at(-1)?.p50Ms ?? 0) / (times[0]?.p50Ms || 1);
}

function worst(figures: number[]): number {
  return Math.max(0, ...figures);
}

function bar(what: string, most: number, is: number): string {
  return `| ${what} | ≤ ${most} | ${is.toFixed(1)} | ${is <= most ? "holds" : "**missed**"} |`;
}
