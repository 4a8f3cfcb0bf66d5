import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@/lib/db/embedded/processes";

/** Lets one process at a time do something; a lock whose holder died is taken over. */
export async function withFileLock<T>(path: string, patienceMs: number, run: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  for (const end = Date.now() + patienceMs; !take(path); await sleep(50)) {
    if (!isHeld(path)) rmSync(path, { force: true });
    if (Date.now() > end) throw new Error(`Another process has held ${path} for too long.`);
  }
  try {
    return await run();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid === 0 || (pid !== process.pid && isAlive(pid));
  } catch {
    return false; // Released since.
  }
}
