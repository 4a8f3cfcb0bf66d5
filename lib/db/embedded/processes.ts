import { readFileSync } from "node:fs";

/** Whether a process of ours or of somebody else's lives under this pid. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false; // EPERM: it lives, as somebody else.
  }
  return processState(pid) !== "Z"; // A container whose first process does not reap keeps the dead in the list.
}

/** Whether this pid still belongs to the process that began then, and not to a later one. */
export function isSameProcess(pid: number, began: string): boolean {
  return isAlive(pid) && beganAt(pid) === began;
}

/** Start time in kernel ticks where /proc tells it, else nothing. */
export function beganAt(pid: number): string {
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

export function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Gone between listing and reading, or a system without /proc.
  }
}
