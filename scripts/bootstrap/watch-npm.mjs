import fs from "node:fs";

/** npm does not pass SIGTERM on, and a killed one cannot: when it goes, we tell ourselves. */
export function watchNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : null; // npm → sh → us, or npm → us.
  const watch = setInterval(() => {
    if (process.ppid === parent && (grandparent === null || parentOf(parent) === grandparent)) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

function isShell(pid) {
  return /^(ba|da|a|z)?sh$/.test(readProcess(pid, "comm").trim());
}

function parentOf(pid) {
  const stat = readProcess(pid, "stat");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? null;
}

function readProcess(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // Not Linux, where the shell steps aside for its last command; or it is gone.
  }
}
