import fs from "node:fs";
import path from "node:path";

/** Two commands begun at once on a fresh checkout must not both install. */
export async function withInstallLock(root, run) {
  const file = path.join(root, ".data", "install.lock");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let waited = 0; !take(file); waited += 500) {
    if (waited === 0) process.stderr.write("Another command is installing packages; waiting for it…\n");
    if (!isHeld(file)) fs.rmSync(file, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await run();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(file) {
  try {
    const pid = Number(fs.readFileSync(file, "utf8"));
    if (pid === process.pid) return false; // A pid used again: the holder is long gone.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM"; // Alive, as another user. Else dead, or released since.
  }
}
