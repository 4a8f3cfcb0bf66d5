// The door of every `npm run …`: plain JavaScript on built-in modules, because it runs under whatever Node is there
// and before anything is installed. Checks the place, installs what the lockfile names, hands over to scripts/*.ts.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { clearError } from "./bootstrap/clear-error.mjs";
import { watchNpm } from "./bootstrap/watch-npm.mjs";

watchNpm(); // First of all: npm may be stopped while we still look around.

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const commands = [
  "start",
  "test",
  "dev",
  "verify",
  "bench",
  "screens",
  "worker",
  "sandbox",
  "trace",
  "staff",
  "demo",
];

const diskFaults = {
  ENOSPC: "No space is left on the disk. Free some and start again.",
  EDQUOT: "This user's share of the disk is used up. Free some and start again.",
  EROFS: "The file system is read-only. Put the project in a folder that can be written to.",
};

main().catch((error) => {
  process.stderr.write(`zhanggui: ${error.clear || diskFaults[error.code] ? explain(error) : error.stack}\n`);
  process.exitCode = 1;
});

async function main() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw clearError(
      `Node.js 20 or newer is needed and this is ${process.versions.node}. Install it from nodejs.org.`,
    );
  }
  if (!commands.includes(command)) {
    throw clearError(`There is no command "${command || ""}". There are: ${commands.join(", ")}.`);
  }
  const script = path.join(root, "scripts", `${command}.ts`);
  if (!fs.existsSync(script))
    throw clearError(`${path.relative(root, script)} is missing from this checkout.`);

  const { checkPlace } = await import("./bootstrap/check-place.mjs");
  const { install } = await import("./bootstrap/install.mjs");
  const { run } = await import("./bootstrap/run.mjs");
  const { bundle } = await import("./bootstrap/bundle.mjs");
  if (command === "start" || command === "dev") await checkPlace(root, command);
  await install(root);
  const bundled = command === "start" || command === "worker" ? await bundle(root) : null;
  process.exitCode = await run(root, { script, bundled, args });
}

function explain(error) {
  return error.clear ? error.message : diskFaults[error.code];
}
