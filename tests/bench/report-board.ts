import type { BoardFigures, BoardRow } from "./board";

/** The page's bar, in ms at the server: the middle of many calls. */
const barMs = 300;

/** The board's section of docs/benchmarks.md. */
export function describeBoard({ plan, rows }: BoardFigures): string[] {
  const orders = plan.orders.toLocaleString("en");
  const slowest = Math.max(...rows.map((row) => row.page?.p50Ms ?? 0));
  return [
    `## The desk with ${orders} orders on the deadline board`,
    "",
    `${orders} paid orders whose clock runs, as many whose clock has ended, and an open alarm for each that runs. *Verbs* are`,
    "what the page asks the database, lists and counts together; *page* is the whole answer of the app, signed in, to its",
    `last byte. ${plan.calls} calls of each, one after the other.`,
    "",
    "| | verbs p50 | p99 | page p50 | p99 |",
    "|---|---:|---:|---:|---:|",
    ...rows.map(lineOf),
    "",
    "| bar | wanted | measured | |",
    "|---|---|---:|---|",
    `| slowest page, p50 in ms | ≤ ${barMs} | ${slowest.toFixed(0)} | ${slowest <= barMs ? "holds" : "**missed**"} |`,
  ];
}

function lineOf({ what, verb, page }: BoardRow): string {
  const ms = (figure: number | undefined) => (figure === undefined ? "" : `${figure.toFixed(1)} ms`);
  return `| ${what} | ${ms(verb.p50Ms)} | ${ms(verb.p99Ms)} | ${ms(page?.p50Ms)} | ${ms(page?.p99Ms)} |`;
}
