import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { clearError } from "./clear-error.mjs";
import { withInstallLock } from "./install-lock.mjs";
import { finishInstallation, isInstalled } from "./installed.mjs";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** `npm ci`, when the lockfile changed since the last time. */
export async function install(root) {
  if (isInstalled(root)) return;
  await withInstallLock(root, async () => {
    if (isInstalled(root)) return; // Another command did it while we waited.
    const began = Date.now();
    const seconds = () => Math.round((Date.now() - began) / 1000);
    say("Installing packages (only when package-lock.json has changed)…");
    const progress = setInterval(() => say(`  still installing, ${seconds()} s`), 10_000);
    try {
      await runNpm(root);
    } finally {
      clearInterval(progress);
    }
    finishInstallation(root);
    say(`Packages installed in ${seconds()} s.`);
  });
}

function runNpm(root) {
  const env = npmEnvironment(root);
  const npm = findNpm(root, env);
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve, reject) => {
    const child = spawn(npm[0], [...npm.slice(1), ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "pipe"],
      shell: process.platform === "win32" && npm.length === 1,
    });
    const stop = () => child.kill("SIGTERM");
    for (const signal of stopSignals) process.on(signal, stop);
    let said = "";
    child.stderr.on("data", (chunk) => {
      said = (said + chunk).slice(-20_000);
    });
    child.once("error", (error) =>
      reject(clearError(`npm could not be run (${error.code}). Is it installed?`)),
    );
    child.once("close", (code, signal) => {
      for (const name of stopSignals) process.removeListener(name, stop);
      if (code === 0) return resolve();
      reject(
        clearError(signal ? "The installation was interrupted; the next start repeats it." : explain(said)),
      );
    });
  });
}

/** Our environment without what leaves out packages, or leads npm to the Node that it is about to replace. */
function npmEnvironment(root) {
  const unwanted = /^(node_env|npm_config_(omit|only|production|include|global|dry_run)|npm_lifecycle_.*)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") || "PATH";
  const folders = (env[pathName] || "").split(path.delimiter);
  env[pathName] = folders
    .filter((folder) => !folder.startsWith(path.join(root, "node_modules")))
    .join(path.delimiter);
  return env;
}

function findNpm(root, env) {
  const isOutside = (file) =>
    file && !file.startsWith(path.join(root, "node_modules")) && fs.existsSync(file);
  const node = [env.npm_node_execpath, process.execPath].find(isOutside);
  return node && isOutside(env.npm_execpath) ? [node, env.npm_execpath] : ["npm"];
}

function explain(said) {
  const causes = [
    [/ENOSPC|EDQUOT|no space left/i, "no space is left on the disk. Free about 2 GB and start again."],
    [/EROFS|read-only/i, "the file system is read-only. Put the project in a folder that can be written to."],
    [/EACCES|EPERM/, "this user may not write to node_modules or to npm's cache."],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|E50\d/,
      "the npm registry cannot be reached. Check the network and `npm config get registry`, and start again.",
    ],
  ];
  const cause = causes.find(([pattern]) => pattern.test(said));
  const line = said.split("\n").find((text) => /^npm (error|ERR!) (?!code)/.test(text)) || "npm ci failed.";
  return `Installing packages failed: ${cause ? cause[1] : line.replace(/^npm (error|ERR!) /, "")}`;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
