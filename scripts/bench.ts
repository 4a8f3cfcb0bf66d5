import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@/lib/db/connect";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { type BoardPlan, measureBoard, wholeBoardPlan } from "@/tests/bench/board";
import { type ExportPlan, measureExports, wholeExportPlan } from "@/tests/bench/exports";
import { type ImportPlan, measureImport, wholeImportPlan } from "@/tests/bench/import";
import { measureAll, type Plan, wholePlan } from "@/tests/bench/measure";
import { measureOrderList, type OrderListPlan, wholeOrderListPlan } from "@/tests/bench/order-list";
import { replaceSection, writeReport } from "@/tests/bench/report";
import { describeOrderList } from "@/tests/bench/report-order-list";
import { describeShopPages } from "@/tests/bench/report-shop-pages";
import { measureShopPages, type ShopPagesPlan, wholeShopPagesPlan } from "@/tests/bench/shop-pages";

/**
 * `npm run bench`: how many notifications a second this machine commits, through Next and without it, beside the
 * least that could be done; how soon the desk answers with 100,000 orders on its board; what a file of parcels takes, and
 * 100,000 orders as a file; the order list with up to 5 million; and what the shop's pages weigh on a slow phone. Writes
 * docs/benchmarks.md; `orders` or `shop` measures the order list or the shop's pages alone and writes its section;
 * `--quick` measures little and only prints.
 */
const quick = process.argv.includes("--quick");
const plan: Plan = quick ? { ...wholePlan, slices: 1, perSlice: 300, warmUp: 100, memory: 1_000 } : wholePlan;
const boardPlan: BoardPlan = quick ? { orders: 2_000, calls: 5 } : wholeBoardPlan;
const importPlan: ImportPlan = quick ? { rows: 100, rounds: 1 } : wholeImportPlan;
const exportPlan: ExportPlan = quick ? { ...wholeExportPlan, orders: 2_000 } : wholeExportPlan;
const orderListPlan: OrderListPlan = quick
  ? { sizes: [5_000, 20_000], calls: 20, pageCalls: 10 }
  : wholeOrderListPlan;
const shopPagesPlan: ShopPagesPlan = quick ? { visits: 1 } : wholeShopPagesPlan;
const file = quick ? null : "docs/benchmarks.md";
const say = (line: string) => process.stderr.write(`${line}\n`);

await ensureBuild({ say });
const dataDir = mkdtempSync(join(tmpdir(), "zhanggui-bench-"));
const server = await startEmbeddedPostgres({ dataDir }); // As `npm start` runs it: durable, fsync on.
try {
  process.stdout.write(`${await bench()}\n`);
} finally {
  await server.stop();
  rmSync(server.cluster, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

async function bench(): Promise<string> {
  if (process.argv.includes("orders")) return writeSection(describeOrderList(await orderList(), new Date()));
  if (process.argv.includes("shop")) return writeSection(describeShopPages(await shopPages(), new Date()));
  const figures = await measureAll({ databaseUrl: server.url, plan, say });
  const boardUrl = await newDatabase();
  const board = await measureBoard({ databaseUrl: boardUrl, plan: boardPlan, say });
  const imports = await measureImport({ databaseUrl: boardUrl, plan: importPlan, say });
  const exports = await measureExports({ databaseUrl: await newDatabase(), plan: exportPlan, say });
  const desk = { board, imports, exports, orderList: await orderList() };
  return writeReport(figures, desk, await shopPages(), { file, date: new Date() });
}

function orderList() {
  return measureOrderList({ newDatabase, plan: orderListPlan, say });
}

async function shopPages() {
  return measureShopPages({ databaseUrl: await newDatabase(), plan: shopPagesPlan, say });
}

function writeSection(section: string[]): string {
  if (file) writeFileSync(file, replaceSection(readFileSync(file, "utf8"), section));
  return section.join("\n");
}

/** One shop's orders would be in the way of another's. */
async function newDatabase(): Promise<string> {
  const name = `bench_${randomUUID().slice(0, 8)}`;
  const { sql, close } = connect(server.url, { max: 1, name: "bench" });
  await sql`CREATE DATABASE ${sql(name)}`;
  await close();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}
