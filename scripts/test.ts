import { ensureBuild } from "@/scripts/build/ensure-build";
import { runVitest } from "@/scripts/verify/run-vitest";
import { sum, type Tally } from "@/scripts/verify/tally";
import { verifyAll } from "@/scripts/verify/verify-all";

const tallies: Tally[] = [
  await step("Verify", verifyAll),
  await step("Build", build),
  // Beside each other, each with a database server of its own: the first waits for pages and is in a hurry then, the
  // others wait for processes and rows and take what is left.
  ...(await Promise.all([
    step("Browser tests", () => runVitest("browser", { echo: true })),
    step("System tests", () => inTheBackground("System tests", "system")),
    step("Integration tests", () => inTheBackground("Integration tests", "integration")),
  ])),
];
const { passed, failed, failures } = sum(tallies);
// Once more at the end: of three kinds of tests that ran beside each other, nobody finds the one line that matters.
for (const failure of failures) process.stdout.write(`\n── Failed ──\n${shortened(failure)}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** One part of the whole; a fault of its own counts as one failed test, and the other parts still run. */
async function step(title: string, run: () => Promise<Tally>): Promise<Tally> {
  process.stdout.write(`\n── ${title} ──\n`);
  try {
    return await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${message}\n`);
    return { passed: 0, failed: 1, failures: [`${title}: ${message}`] };
  }
}

/** What it says is told at its end, so that they do not speak at once. */
async function inTheBackground(title: string, project: string): Promise<Tally> {
  const { output, ...tally } = await runVitest(project, { echo: false, isPatient: true });
  process.stdout.write(`\n── ${title}, done ──\n${output}`);
  return tally;
}

async function build(): Promise<Tally> {
  await ensureBuild({ say: (line) => process.stdout.write(`${line}\n`) });
  return { passed: 1, failed: 0, failures: [] };
}

function shortened(text: string): string {
  return text.length > 4000 ? `${text.slice(0, 4000)}…` : text;
}
