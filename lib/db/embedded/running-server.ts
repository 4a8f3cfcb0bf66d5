import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@/lib/db/embedded/processes";

export type RunningServer = { pid: number; port: number; ready: boolean };

/** The server that has this cluster open, as its `postmaster.pid` tells; a file left by a dead one is removed. */
export function findRunningServer(cluster: string): RunningServer | null {
  const path = join(cluster, "postmaster.pid");
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (pid > 0 && isAlive(pid) && isPostgresOf(pid, cluster)) {
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  }
  // PostgreSQL itself would refuse to start if another program has that pid by now, as after a container's restart.
  rmSync(path, { force: true });
  return null;
}

/** Fast shutdown, then immediate, then kill: clients are cut off, what is committed stays. */
export async function stopServer(pid: number): Promise<void> {
  const steps = [
    { signal: "SIGINT", patienceMs: 2_500 },
    { signal: "SIGQUIT", patienceMs: 1_000 },
    { signal: "SIGKILL", patienceMs: 1_000 },
  ] as const;
  for (const { signal, patienceMs } of steps) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    if (await isGoneWithin(pid, patienceMs)) return;
  }
}

export async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(15)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

function isPostgresOf(pid: number, cluster: string): boolean {
  const command = commandLine(pid);
  return basename(command[0] ?? "").startsWith("postgres") && command.includes(cluster);
}

/** The words a process was started with; empty when there is no such process. */
export function commandLine(pid: number): string[] {
  const path = `/proc/${pid}/cmdline`;
  if (existsSync("/proc/self/cmdline")) return existsSync(path) ? readFileSync(path, "utf8").split("\0") : [];
  if (process.platform === "win32") return [];
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim().split(" ");
}
