import { existsSync, readFileSync } from "node:fs";
import { freePort } from "@/lib/db/embedded/free-port";
import { type Child, startScript } from "@/tests/support/child";
import type { Load } from "./load";
import type { Measured } from "./summary";

export type Server = Child & { port: number };

export async function startServer(
  name: string,
  script: string,
  env: Record<string, string>,
): Promise<Server> {
  const port = await freePort();
  const child = await startScript({ name, script, env: { ...env, PORT: String(port) }, tell: "listen" });
  return { ...child, port };
}

/** Runs a load in a process of its own and answers its figures. */
export async function runLoad(
  script: "tests/bench/load.ts" | "tests/bench/statement.ts",
  load: Load,
  env: Record<string, string> = {},
): Promise<Measured> {
  const child = await startScript({ name: "load", script, env });
  const measured = await child.ask<Measured>(load);
  await child.stop();
  return measured;
}

const ticksPerSecond = 100; // USER_HZ, the same on every Linux that Node runs on.

/** Seconds of processor time that a process has used; null where there is no /proc. */
export function cpuSeconds(pid: number): number | null {
  const stat = readProc(pid, "stat");
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory that a process holds, in MB; null where there is no /proc. */
export function residentMb(pid: number): number | null {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readProc(pid, "status") ?? "")?.[1];
  return kb === undefined ? null : Number(kb) / 1024;
}

function readProc(pid: number, file: string): string | null {
  const path = `/proc/${pid}/${file}`;
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
