import type { ImportFigures } from "./import";

const barMs = 5_000; // A person waits for it.

/** The import's section of docs/benchmarks.md. */
export function describeImport({ plan, rows }: ImportFigures): string[] {
  const slowest = Math.max(...rows.filter(({ what }) => what !== "undone").map(({ ms }) => ms));
  return [
    `## A file of ${plan.rows.toLocaleString("en")} parcels`,
    "",
    "One in twenty names no order; all the others are of one variant. In one process of the app, without Next, in the",
    `database of the board above; the middle of ${plan.rounds}.`,
    "",
    "| | |",
    "|---|---:|",
    ...rows.map(({ what, ms }) => `| ${what} | ${ms.toFixed(0)} ms |`),
    "",
    "| bar | wanted | measured | |",
    "|---|---|---:|---|",
    `| the slowest of reading and shipping, in ms | ≤ ${barMs} | ${slowest.toFixed(0)} | ${slowest <= barMs ? "holds" : "**missed**"} |`,
  ];
}
