import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { runTool } from "@/scripts/verify/run-tool";
import type { Tally } from "@/scripts/verify/tally";

const Report = z.object({
  success: z.boolean(),
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  testResults: z.array(z.object({ status: z.string() })),
});

/** Runs one project of vitest.config.ts. A run that crashes, skips or finds no test counts as failed. */
export async function runVitest(
  project: string,
  options: { echo: boolean; isPatient?: boolean },
): Promise<Tally & { output: string }> {
  const folder = join("tests", ".output");
  const file = join(folder, `${project}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  const { code, output } = await runTool("vitest/vitest.mjs", args, options);

  const report = existsSync(file) ? Report.safeParse(JSON.parse(readFileSync(file, "utf8"))).data : undefined;
  if (!report) return { passed: 0, failed: 1, output };
  const failed = report.numTotalTests - report.numPassedTests;
  const brokenFiles = report.testResults.filter(({ status }) => status === "failed").length;
  const crashed = code !== 0 || report.numTotalTests === 0 || !report.success;
  return { passed: report.numPassedTests, failed: Math.max(failed, brokenFiles, crashed ? 1 : 0), output };
}
