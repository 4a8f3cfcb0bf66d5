import { readdirSync, readFileSync } from "node:fs";

export type ProcessFacts = { pid: number; parent: number; command: string };

/**
 * Every living process that has a word in its command line or environment, such as a throw-away data folder.
 * Empty where there is no /proc to read.
 */
export function processesWith(word: string): ProcessFacts[] {
  return listPids()
    .filter((pid) => pid !== process.pid)
    .filter((pid) => read(pid, "cmdline").includes(word) || read(pid, "environ").includes(word))
    .map((pid) => {
      const [state, parent] = read(pid, "stat")
        .replace(/^.*\) /s, "")
        .split(" ");
      return {
        pid,
        parent: state === "Z" ? -1 : Number(parent),
        command: read(pid, "cmdline").replaceAll("\0", " "),
      };
    })
    .filter(({ parent }) => parent >= 0);
}

function listPids(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Boolean);
  } catch {
    return []; // Not Linux.
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // Gone meanwhile, or not ours to read.
  }
}
