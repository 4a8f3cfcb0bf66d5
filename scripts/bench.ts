import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@/lib/db/connect";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { type BoardPlan, measureBoard, wholeBoardPlan } from "@/tests/bench/board";
import { type ExportPlan, measureExports, wholeExportPlan } from "@/tests/bench/exports";
import { type ImportPlan, measureImport, wholeImportPlan } from "@/tests/bench/import";
import { measureAll, type Plan, wholePlan } from "@/tests/bench/measure";
import { writeReport } from "@/tests/bench/report";

/**
 * `npm run bench`: how many notifications a second this machine commits, through Next and without it, beside the
 * least that could be done; how soon the desk answers with 100,000 orders on its board; what a file of parcels takes, and
 * 100,000 orders as a file. Writes docs/benchmarks.md;
 * `--quick` measures little and only prints.
 */
const quick = process.argv.includes("--quick");
const plan: Plan = quick ? { ...wholePlan, slices: 1, perSlice: 300, warmUp: 100, memory: 1_000 } : wholePlan;
const boardPlan: BoardPlan = quick ? { orders: 2_000, calls: 5 } : wholeBoardPlan;
const importPlan: ImportPlan = quick ? { rows: 100, rounds: 1 } : wholeImportPlan;
const exportPlan: ExportPlan = quick ? { ...wholeExportPlan, orders: 2_000 } : wholeExportPlan;
const say = (line: string) => process.stderr.write(`${line}\n`);

await ensureBuild({ say });
const dataDir = mkdtempSync(join(tmpdir(), "zhanggui-bench-"));
const server = await startEmbeddedPostgres({ dataDir }); // As `npm start` runs it: durable, fsync on.
try {
  const figures = await measureAll({ databaseUrl: server.url, plan, say });
  const boardUrl = await anotherDatabase(server.url, "bench_board");
  const board = await measureBoard({ databaseUrl: boardUrl, plan: boardPlan, say });
  const imports = await measureImport({ databaseUrl: boardUrl, plan: importPlan, say });
  const exportsUrl = await anotherDatabase(server.url, "bench_exports");
  const exports = await measureExports({ databaseUrl: exportsUrl, plan: exportPlan, say });
  const report = writeReport(
    figures,
    { board, imports, exports },
    { file: quick ? null : "docs/benchmarks.md", date: new Date() },
  );
  process.stdout.write(`${report}\n`);
} finally {
  await server.stop();
  rmSync(server.cluster, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

/** The desk's orders would be in the way of the notifications', and theirs in its. */
async function anotherDatabase(serverUrl: string, name: string): Promise<string> {
  const { sql, close } = connect(serverUrl, { max: 1, name: "bench" });
  await sql`CREATE DATABASE ${sql(name)}`;
  await close();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
