import { writeFileSync } from "node:fs";
import { cpus, type as osType, release, totalmem } from "node:os";
import nextPackage from "next/package.json" with { type: "json" };
import type { BoardFigures } from "./board";
import type { ExportFigures } from "./exports";
import type { ImportFigures } from "./import";
import type { Figures, Row } from "./measure";
import type { OrderListFigures } from "./order-list";
import { describeBoard } from "./report-board";
import { describeExports } from "./report-exports";
import { describeImport } from "./report-import";
import { describeOrderList } from "./report-order-list";
import { describeShopPages } from "./report-shop-pages";
import type { ShopPagesFigures } from "./shop-pages";

/** The first bars, set for two cores; one that is missed is said to be. */
const bars = { nextOfBare: 0.15, nextP99Ms: 120, callbackOfBare: 0.85, callbackP99Ms: 60, memoryGrowth: 1.1 };

const names: Record<Row["what"], string> = {
  statement: "the statement alone",
  bare: "bare `node:http`: signature and statement",
  callback: "the callback function, without Next",
  next: "the app, through Next",
};

/** The figures as docs/benchmarks.md tells them. */
export function writeReport(
  figures: Figures,
  desk: { board: BoardFigures; imports: ImportFigures; exports: ExportFigures; orderList: OrderListFigures },
  shopPages: ShopPagesFigures,
  to: { file: string | null; date: Date },
): string {
  const text = [
    "# Benchmarks: payment notifications, the desk, and the shop's pages",
    "",
    "Written by `npm run bench`; every figure is from one run on one machine, so that they can be compared.",
    "",
    ...machine(figures, to),
    "",
    ...throughput(figures),
    "",
    ...verdicts(figures),
    "",
    ...memory(figures),
    "",
    ...describeBoard(desk.board),
    "",
    ...describeImport(desk.imports),
    "",
    ...describeExports(desk.exports),
    "",
    ...describeOrderList(desk.orderList, to.date),
    "",
    ...describeShopPages(shopPages, to.date),
    "",
    ...howItIsMeasured(figures),
    "",
  ].join("\n");
  if (to.file) writeFileSync(to.file, text);
  return text;
}

/** The same with one section, its heading first, from a later run, so that it need not wait for all the others. */
export function replaceSection(text: string, section: string[]): string {
  const begin = text.indexOf(`\n${section[0]}\n`) + 1;
  const next = text.indexOf("\n## ", begin || text.indexOf("## How it is measured") - 2);
  return `${text.slice(0, begin || next + 1)}${section.join("\n")}\n${text.slice(next)}`;
}

function machine(figures: Figures, to: { date: Date }): string[] {
  const { plan, orders, database } = figures;
  const processors = cpus();
  return [
    "| | |",
    "|---|---|",
    `| date | ${to.date.toISOString().slice(0, 16).replace("T", " ")} UTC |`,
    `| machine | ${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${osType()} ${release()} |`,
    `| busy besides | load average ${figures.loadBefore.toFixed(1)} before it began: above 0.5, other programs took their share of what follows |`,
    `| versions | Node.js ${process.versions.node}, Next.js ${nextPackage.version}, PostgreSQL ${database}, fsync on |`,
    `| orders | ${orders.toLocaleString("en")} distinct, half of them for one variant; ${(plan.slices * plan.perSlice).toLocaleString("en")} for each line below |`,
  ];
}

function throughput({ rows }: Figures): string[] {
  return [
    "## Notifications committed per second",
    "",
    "An answer is sent when its transaction has committed, so the time to the answer is the time to *committed*.",
    "",
    "| served by | connections | per second | of bare | p50 | p99 | CPU of the server, per request |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...rows.map((row) => {
      const ratio = row.ofBare === null ? "" : row.ofBare.toFixed(2);
      const cpu = row.cpuMs === null ? "" : `${row.cpuMs.toFixed(2)} ms`;
      return `| ${names[row.what]} | ${row.connections} | ${row.perSecond.toFixed(0)} | ${ratio} | ${ms(row.p50Ms)} | ${ms(row.p99Ms)} | ${cpu} |`;
    }),
  ];
}

function verdicts({ rows, memoryMb }: Figures): string[] {
  const [callback64, next16] = [find(rows, "callback", 64), find(rows, "next", 16)];
  if (!callback64 || !next16) return [];
  const bar = (what: string, is: number, wanted: string, holds: boolean) =>
    `| ${what} | ${wanted} | ${is.toFixed(2)} | ${holds ? "holds" : "**missed**"} |`;
  const nextOfBare = next16.ofBare ?? 0;
  const callbackOfBare = callback64.ofBare ?? 0;
  const growth = growthOf(memoryMb);
  return [
    "| bar | wanted | measured | |",
    "|---|---|---:|---|",
    bar(
      "through Next, of bare, 16 connections",
      nextOfBare,
      `≥ ${bars.nextOfBare}`,
      nextOfBare >= bars.nextOfBare,
    ),
    bar(
      "through Next, p99 in ms, 16 connections",
      next16.p99Ms,
      `≤ ${bars.nextP99Ms}`,
      next16.p99Ms <= bars.nextP99Ms,
    ),
    bar(
      "callback function, of bare, 64 connections",
      callbackOfBare,
      `≥ ${bars.callbackOfBare}`,
      callbackOfBare >= bars.callbackOfBare,
    ),
    bar(
      "callback function, p99 in ms, 64 connections",
      callback64.p99Ms,
      `≤ ${bars.callbackP99Ms}`,
      callback64.p99Ms <= bars.callbackP99Ms,
    ),
    bar(
      "memory, last sample of the first after warming up",
      growth,
      `≤ ${bars.memoryGrowth}`,
      growth <= bars.memoryGrowth,
    ),
  ];
}

function memory({ memoryMb }: Figures): string[] {
  return [
    "## Memory",
    "",
    "Of the process that serves the callback function, while so many more notifications go through it.",
    "",
    `| notifications | ${memoryMb.map(({ after }) => after.toLocaleString("en")).join(" | ")} |`,
    `|---|${memoryMb.map(() => "---:").join("|")}|`,
    `| resident, MB | ${memoryMb.map(({ mb }) => mb.toFixed(0)).join(" | ")} |`,
  ];
}

function growthOf(samples: Figures["memoryMb"]): number {
  return (samples.at(-1)?.mb ?? 0) / (samples[1]?.mb || 1);
}

function howItIsMeasured({ plan }: Figures): string[] {
  return [
    "## How it is measured",
    "",
    "- One process for each server, a pool of 8 connections each, `NODE_ENV=production`, on the embedded PostgreSQL as",
    "  `npm start` runs it. Load, servers and database share the machine; all of it is loopback.",
    `- The servers take turns: ${plan.slices} slices of ${plan.perSlice.toLocaleString("en")} notifications each, and the figure is the median of the slices`,
    "  (of the ratio too: each slice against the bare server's just before it). Every notification is for an order of",
    "  its own; one that is not answered SUCCESS ends the bench.",
    "- The load is a process of its own with plain sockets; requests are signed and written before the clock starts.",
    "- *Bare* verifies the same signature and runs the same statement, and does nothing else: no limit on the body, no",
    "  metrics, no word to the worker, no log. CPU is the server process's own, without PostgreSQL's.",
    "- The script is `scripts/bench.ts` with `tests/bench/`; `npm run bench -- --quick` only shows that it works.",
  ];
}

function find(rows: Row[], what: Row["what"], connections: number): Row | undefined {
  return rows.find((row) => row.what === what && row.connections === connections);
}

function ms(figure: number): string {
  return `${figure.toFixed(1)} ms`;
}
