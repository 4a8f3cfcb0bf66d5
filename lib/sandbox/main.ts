import { resolve } from "node:path";
import { loadDotEnv } from "@/lib/sandbox/load-dot-env";
import { readSandboxSettings } from "@/lib/sandbox/settings";
import { startSandbox } from "@/lib/sandbox/start";
import { stopWhenParentIsGone } from "@/lib/sandbox/stop-when-parent-is-gone";

/** The process of WeChat's stand-in: `node --import tsx lib/sandbox/main.ts`. Says `sandbox ready` when it is. */
loadDotEnv();
const reading = readSandboxSettings(process.env);
if (!reading.ok) {
  console.error(`sandbox: ${reading.reason}`);
  process.exit(1);
}

try {
  const sandbox = await startSandbox({ ...reading.settings, dataDir: resolve(reading.settings.dataDir) });
  const stop = () => {
    sandbox.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  stopWhenParentIsGone(stop);
  console.log("sandbox ready");
} catch (error) {
  console.error(`sandbox: ${explain(error)}`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    return `${error.message}: choose another SANDBOX_API_PORT or SANDBOX_WEB_PORT, or leave them unset`;
  }
  if (code === "EACCES" || code === "EROFS" || code === "ENOSPC") {
    return `${error.message}: the data folder cannot be written; set DATA_DIR to one that can`;
  }
  if (/database is locked/.test(error.message)) {
    return "another sandbox is running on this data folder: stop it, or set another DATA_DIR";
  }
  return error.stack ?? error.message;
}
