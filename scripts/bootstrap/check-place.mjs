import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import util from "node:util";
import { clearError } from "./clear-error.mjs";
import { isInstalled } from "./installed.mjs";

const installedBytes = 1_700_000_000; // node_modules, the build and a young database, measured.
const runningBytes = 200_000_000; // Room for a build and for the database to grow a while.

const patienceMs = 2_500; // What is left of a shop that was killed may still be letting go of the port.

/** Refuses, before anything slow, a place where the app cannot run: port taken, folder read-only, disk full. */
export async function checkPlace(root, command) {
  const settings = { ...readDotEnv(root), ...withoutEmpty(process.env) };
  const dataDir = path.resolve(root, settings.DATA_DIR || ".data");
  checkWritable(root);
  checkWritable(dataDir);
  checkFree(root, isInstalled(root) ? runningBytes : installedBytes);
  checkFree(dataDir, runningBytes);
  const port = Number(settings.PORT || 3000);
  if (Number.isInteger(port) && port > 0 && port < 65536) await checkPort(port, command); // Else the settings' check tells.
}

function checkWritable(folder) {
  const probe = path.join(folder, `.write-test-${process.pid}`);
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(probe, "x");
    fs.rmSync(probe);
  } catch (error) {
    fs.rmSync(probe, { force: true });
    throw clearError(writeFailure(folder, error.code));
  }
}

function writeFailure(folder, code) {
  if (code === "ENOSPC" || code === "EDQUOT")
    return `No space is left on the disk of ${folder}. Free some and start again.`;
  if (code === "EROFS")
    return `${folder} is on a read-only file system. Put the project in a folder that can be written to.`;
  return `${folder} cannot be written to (${code}). Give this user the right to, or put the project elsewhere.`;
}

function checkFree(folder, neededBytes) {
  const { bavail, bsize } = fs.statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;
  throw clearError(
    `Only ${mb(freeBytes)} are free on the disk of ${folder} and ${mb(neededBytes)} are needed. Free some and start again.`,
  );
}

async function checkPort(port, command) {
  const end = Date.now() + patienceMs;
  let code = await tryPort(port);
  while (code === "EADDRINUSE" && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    code = await tryPort(port);
  }
  if (code === "EADDRINUSE") {
    throw clearError(
      `Port ${port} is in use. Stop the program that uses it or choose another: PORT=${port + 1} npm run ${command}`,
    );
  }
  if (code === "EACCES") {
    throw clearError(
      `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm run ${command}`,
    );
  }
  if (code) throw clearError(`Port ${port} cannot be opened (${code}).`);
}

/** Null when the port is free, else why it is not. */
function tryPort(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(error.code || "unknown"));
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function readDotEnv(root) {
  try {
    return withoutEmpty(util.parseEnv(fs.readFileSync(path.join(root, ".env"), "utf8")));
  } catch {
    return {}; // None, or a Node too old to read it: the settings' check reads it again.
  }
}

function withoutEmpty(variables) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}
