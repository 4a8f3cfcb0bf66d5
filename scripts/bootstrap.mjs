// The door of every `npm run …`: plain JavaScript on built-in modules, because it runs under whatever Node is there
// and before anything is installed. Checks the place, installs what the lockfile names, hands over to scripts/*.ts.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { clearError } from "./bootstrap/clear-error.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);
const commands = ["start", "test", "dev", "verify", "bench", "worker", "sandbox", "trace", "staff", "demo"];

main().catch((error) => {
  process.stderr.write(`zhanggui: ${error.clear ? error.message : error.stack}\n`);
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
  if (command === "start" || command === "dev") await checkPlace(root, command);
  await install(root);
  process.exitCode = await run(root, script, args);
}
