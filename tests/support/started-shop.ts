import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

export type StartedShop = {
  process: ChildProcess;
  /** What it has printed so far. */
  output: () => string;
  stderr: () => string;
  exitCode: Promise<number | null>;
};

/** `npm start` as a person types it, but for npm: a process of its own with only these settings. */
export function startShop(settings: Record<string, string>): StartedShop {
  const kept = ["PATH", "HOME", "LANG", "TMPDIR"].map((name) => [name, process.env[name]]);
  const child = spawn(process.execPath, ["scripts/bootstrap.mjs", "start"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(kept), ...settings },
  });
  let output = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
    stderr += chunk;
  });
  const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { process: child, output: () => output, stderr: () => stderr, exitCode };
}

/** Waits until something holds; says what it waited for when it never does. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs: number,
): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
    if (await holds()) return;
  }
  throw new Error(`Waited ${patienceMs / 1000} s in vain: ${what}`);
}
