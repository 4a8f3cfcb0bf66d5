import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { runTool } from "@/scripts/verify/run-tool";
import type { Tally } from "@/scripts/verify/tally";

const Report = z.object({
  success: z.boolean(),
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
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
  if (!report)
    return { passed: 0, failed: 1, failures: [`${project}: no report\n${output.slice(-2000)}`], output };
  const failures = failuresIn(project, report);
  const crashed = code !== 0 || report.numTotalTests === 0 || !report.success;
  if (crashed && failures.length === 0)
    failures.push(`${project}: no test failed, yet\n${output.slice(-2000)}`);
  const failed = report.numTotalTests - report.numPassedTests;
  return { passed: report.numPassedTests, failed: Math.max(failed, failures.length), failures, output };
}

/** Each test that did not pass, with what it said, and each file that could not be run at all. */
function failuresIn(project: string, report: z.infer<typeof Report>): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = `${project}: ${relative(".", name)}`;
    const tests = assertionResults.filter((test) => test.status !== "passed");
    if (status === "failed" && tests.length === 0) return [`${file}\n${message ?? ""}`];
    return tests.map((test) =>
      [`${file}: ${test.fullName} (${test.status})`, ...(test.failureMessages ?? []).map(ownLines)].join(
        "\n",
      ),
    );
  });
}

/** Without the lines of the call stack that lie in other people's code. */
function ownLines(message: string): string {
  const isTheirs = (line: string) => /^\s+at /.test(line) && /node_modules|node:|<anonymous>/.test(line);
  return message
    .split("\n")
    .filter((line) => !isTheirs(line))
    .join("\n");
}
