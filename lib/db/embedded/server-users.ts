import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Which living processes use one embedded server: a file per process, named by its pid, holding when that
 * process began, so that a pid used again after a reboot is not taken for the old one.
 */
export function serverUsers(dataDir: string) {
  const folder = join(dataDir, "pg-users");
  const own = join(folder, String(process.pid));
  return {
    folder,
    join(): void {
      mkdirSync(folder, { recursive: true });
      writeFileSync(own, beganAt(process.pid));
    },
    leave(): void {
      rmSync(own, { force: true });
    },
    anyLeft(): boolean {
      return listFiles(folder).some((pid) => isSameProcess(Number(pid), readOrEmpty(join(folder, pid))));
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false; // EPERM: it lives, as somebody else.
  }
  return processState(pid) !== "Z"; // A container whose first process does not reap keeps the dead in the list.
}

function isSameProcess(pid: number, began: string): boolean {
  return isAlive(pid) && beganAt(pid) === began;
}

/** Start time in kernel ticks where /proc tells it, else nothing. */
function beganAt(pid: number): string {
  return statFields(pid)[19] ?? "";
}

function processState(pid: number): string | undefined {
  return statFields(pid)[0];
}

/** /proc/PID/stat after the command's name, which may hold spaces. */
function statFields(pid: number): string[] {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Gone between listing and reading, or a system without /proc.
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Nobody has used it yet.
  }
}
