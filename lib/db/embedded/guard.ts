import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine } from "@/lib/db/embedded/running-server";

/**
 * A shell that stops the server once no process uses it any more: what remains when the one that started it
 * was killed outright. It looks once a second and ends with the server.
 */
const script = `
trap '' HUP INT TERM
used() { for file in "$1"/*; do kill -0 "\${file##*/}" 2>/dev/null && return 0; done; return 1; }
while kill -0 "$2" 2>/dev/null; do used "$1" || kill -INT "$2"; sleep 1; done`;

const guardName = "zhanggui-database-guard";

/** One guard a server: whoever adopts a guarded one needs no other. */
export function startGuard(options: { dataDir: string; usersFolder: string; serverPid: number }): void {
  const { dataDir, usersFolder, serverPid } = options;
  if (process.platform === "win32" || findGuard(dataDir, String(serverPid))) return;
  const guard = spawn("/bin/sh", ["-c", script, guardName, usersFolder, String(serverPid)], {
    detached: true,
    stdio: "ignore",
    cwd: "/",
  });
  guard.unref();
  writeFileSync(pidFile(dataDir), String(guard.pid));
}

export function stopGuard(options: { dataDir: string; serverPid: number }): void {
  const pid = findGuard(options.dataDir, String(options.serverPid));
  rmSync(pidFile(options.dataDir), { force: true });
  if (pid === null) return;
  try {
    process.kill(-pid, "SIGKILL"); // The shell and the sleep it waits for.
  } catch {
    // It has just ended by itself.
  }
}

function findGuard(dataDir: string, serverPid: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile(dataDir), "utf8"));
    const words = (pid > 0 && commandLine(pid)) || [];
    return words.includes(guardName) && words.includes(serverPid) ? pid : null;
  } catch {
    return null; // None was started.
  }
}

function pidFile(dataDir: string): string {
  return join(dataDir, "pg-guard.pid");
}
