import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beganAt, isSameProcess, readOrEmpty } from "@/lib/db/embedded/processes";

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

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Nobody has used it yet.
  }
}
