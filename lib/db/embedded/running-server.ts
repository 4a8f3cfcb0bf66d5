import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, readOrEmpty } from "@/lib/db/embedded/processes";

export type RunningServer = { pid: number; port: number; ready: boolean };

/** The server that has this cluster open, as its `postmaster.pid` tells; null when that file is a dead one's. */
export function findRunningServer(cluster: string): RunningServer | null {
  const lines = readOrEmpty(lockFile(cluster)).split("\n");
  const pid = Number(lines[0]);
  if (!(pid > 0 && isAlive(pid) && isPostgresOf(pid, cluster))) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * PostgreSQL would refuse to start if another program has the dead one's pid by now, as after a container's
 * restart. Only for whoever holds the start lock: a server that is just starting has an empty file for a moment.
 */
export function forgetDeadServer(cluster: string): void {
  rmSync(lockFile(cluster), { force: true });
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

/** Where nobody can tell what a process is, the file is believed. */
function isPostgresOf(pid: number, cluster: string): boolean {
  const command = commandLine(pid);
  if (command === null) return true;
  return basename(command[0] ?? "").startsWith("postgres") && command.includes(cluster);
}

/** The words a process was started with: none when there is no such process, null when the system does not say. */
export function commandLine(pid: number): string[] | null {
  if (existsSync("/proc/self/cmdline")) return readOrEmpty(`/proc/${pid}/cmdline`).split("\0");
  if (process.platform === "win32") return null;
  const { status, stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return status === null ? null : stdout.trim().split(" ");
}

function lockFile(cluster: string): string {
  return join(cluster, "postmaster.pid");
}
