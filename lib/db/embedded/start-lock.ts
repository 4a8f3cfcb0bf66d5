import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@/lib/db/embedded/server-users";

const patienceMs = 90_000; // Longer than a first initdb on a slow disk.

/** One process at a time prepares and starts the server below a data folder. */
export async function withStartLock<T>(dataDir: string, run: () => Promise<T>): Promise<T> {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, "pg-start.lock");
  for (const end = Date.now() + patienceMs; !take(path); await sleep(50)) {
    if (!isHeld(path)) rmSync(path, { force: true });
    if (Date.now() > end)
      throw new Error(`Another process has been starting the database for too long (${path}).`);
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
