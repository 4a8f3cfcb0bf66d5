import { ensureBuild } from "@/scripts/build/ensure-build";
import { runVitest } from "@/scripts/verify/run-vitest";
import { sum, type Tally } from "@/scripts/verify/tally";
import { verifyAll } from "@/scripts/verify/verify-all";

const tallies: Tally[] = [
  await step("Verify", verifyAll),
  await step("Build", build),
  // Beside each other, each with a database server of its own: one waits for processes and pages and is in a hurry then,
  // the other takes what is left.
  ...(await Promise.all([
    step("System and browser tests", () => runVitest("system", { echo: true })),
    step("Integration tests", integrationTests),
  ])),
];
const { passed, failed } = sum(tallies);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** One part of the whole; a fault of its own counts as one failed test, and the other parts still run. */
async function step(title: string, run: () => Promise<Tally>): Promise<Tally> {
  process.stdout.write(`\n── ${title} ──\n`);
  try {
    return await run();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

/** What it says is told at its end, so that the two do not speak at once. */
async function integrationTests(): Promise<Tally> {
  const { output, ...tally } = await runVitest("integration", { echo: false, isPatient: true });
  process.stdout.write(`\n── Integration tests, done ──\n${output}`);
  return tally;
}

async function build(): Promise<Tally> {
  await ensureBuild({ say: (line) => process.stdout.write(`${line}\n`) });
  return { passed: 1, failed: 0 };
}
