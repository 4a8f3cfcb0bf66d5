import type { ExportFigures } from "./exports";

/** The exports' section of docs/benchmarks.md. */
export function describeExports({ plan, rows }: ExportFigures): string[] {
  const most = Math.max(...rows.map(({ heapMb }) => heapMb));
  return [
    `## ${plan.orders.toLocaleString("en")} orders as a file`,
    "",
    `Every order with all its columns, written by the job in a process whose heap may hold ${plan.heapMb} MB, TypeScript and all:`,
    "it would end if it needed more.",
    "",
    "| format | seconds | file, MB | most of the heap, MB | resident at the end, MB |",
    "|---|---:|---:|---:|---:|",
    ...rows.map(
      ({ format, seconds, fileMb, heapMb, residentMb }) =>
        `| ${format} | ${seconds.toFixed(1)} | ${fileMb.toFixed(1)} | ${heapMb.toFixed(0)} | ${residentMb.toFixed(0)} |`,
    ),
    "",
    "| bar | wanted | measured | |",
    "|---|---|---:|---|",
    `| most of the heap, in MB | ≤ ${plan.heapMb} | ${most.toFixed(0)} | ${most <= plan.heapMb ? "holds" : "**missed**"} |`,
  ];
}
