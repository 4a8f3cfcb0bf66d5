import { runTool } from "@/scripts/verify/run-tool";
import { runVitest } from "@/scripts/verify/run-vitest";
import { sum, type Tally } from "@/scripts/verify/tally";

type Check = { name: string; remedy: string; run: () => Promise<Tally & { output: string }> };

const checks: Check[] = [
  {
    name: "types",
    remedy: "mend what tsc names",
    run: () => oneTool("typescript/bin/tsc", ["--noEmit", "--pretty", "false", "-p", "."]),
  },
  {
    name: "format and lint",
    remedy: "node_modules/.bin/biome check --write .",
    run: () => oneTool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "--colors=off", "."]),
  },
  {
    name: "dead code and dependencies",
    remedy: "delete what nobody uses, or use it; an entry point of its own belongs into knip.json",
    run: () => oneTool("knip/bin/knip.js", ["--no-progress", "--no-config-hints"]),
  },
  {
    name: "unit tests and architecture",
    remedy: "node_modules/.bin/vitest --project unit shows them again as you mend them",
    run: () => runVitest("unit", { echo: false }),
  },
];

/** Everything that is quick: types, format, lint, dead code, architecture, unit tests. */
export async function verifyAll(): Promise<Tally> {
  const typegen = await runTool("next/dist/bin/next", ["typegen"]); // Types of routes, which tsc wants to see.
  if (typegen.code !== 0) process.stdout.write(`next typegen failed:\n${typegen.output}\n`);
  return sum([
    ...(await Promise.all(checks.map(runCheck))),
    typegen.code === 0
      ? { passed: 0, failed: 0, failures: [] }
      : { passed: 0, failed: 1, failures: ["next typegen"] },
  ]);
}

async function runCheck({ name, remedy, run }: Check): Promise<Tally> {
  const began = performance.now();
  const { output, ...tally } = await run();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verdict = tally.failed === 0 ? "ok" : "FAILED";
  process.stdout.write(
    `${verdict.padEnd(7)}${name} (${tally.passed} passed, ${tally.failed} failed, ${seconds} s)\n`,
  );
  if (tally.failed > 0) process.stdout.write(`\n${output.trim()}\n\nTo mend ${name}: ${remedy}\n\n`);
  return tally;
}

async function oneTool(file: string, args: string[]): Promise<Tally & { output: string }> {
  const { code, output } = await runTool(file, args);
  if (code === 0) return { passed: 1, failed: 0, failures: [], output };
  return { passed: 0, failed: 1, failures: [`${file}\n${output.trim()}`], output };
}
