import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { measureAll, type Plan, wholePlan } from "@/tests/bench/measure";
import { writeReport } from "@/tests/bench/report";

/**
 * `npm run bench`: how many notifications a second this machine commits, through Next and without it, beside the
 * least that could be done. Writes docs/benchmarks.md; `--quick` measures little and only prints.
 */
const quick = process.argv.includes("--quick");
const plan: Plan = quick ? { ...wholePlan, slices: 1, perSlice: 300, warmUp: 100, memory: 1_000 } : wholePlan;
const say = (line: string) => process.stderr.write(`${line}\n`);

await ensureBuild({ say });
const dataDir = mkdtempSync(join(tmpdir(), "zhanggui-bench-"));
const server = await startEmbeddedPostgres({ dataDir }); // As `npm start` runs it: durable, fsync on.
try {
  const figures = await measureAll({ databaseUrl: server.url, plan, say });
  const report = writeReport(figures, { file: quick ? null : "docs/benchmarks.md", date: new Date() });
  process.stdout.write(`${report}\n`);
} finally {
  await server.stop();
  rmSync(server.cluster, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
