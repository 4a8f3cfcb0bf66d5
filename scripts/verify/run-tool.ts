import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { join } from "node:path";

export type ToolRun = { code: number; output: string };

/**
 * Runs an installed package's program with our Node and collects what it says. `isPatient`: it and all that it starts
 * leave the processor to whoever else wants it.
 */
export function runTool(
  file: string,
  args: string[],
  options: { echo?: boolean; isPatient?: boolean } = {},
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join("node_modules", file), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: toolEnvironment(),
    });
    if (options.isPatient && child.pid) setPriority(child.pid, patience);
    const stop = () => child.kill("SIGTERM");
    for (const signal of stopSignals) process.once(signal, stop);
    let output = "";
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (options.echo) process.stdout.write(chunk);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("close", (code) => {
      for (const signal of stopSignals) process.removeListener(signal, stop);
      resolve({ code: code ?? 1, output });
    });
  });
}

const patience = 10; // Of 19: it goes on where others wait, and not much more.
const stopSignals = ["SIGINT", "SIGTERM"] as const;

/** Settings of a shop that happen to be set here are not for the tests, nor is a NODE_ENV. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const unwanted =
    /^(NODE_ENV|PORT|SITE_URL|DATA_DIR|(DIRECT_)?DATABASE_URL|AUTH_SECRET|DATA_KEY|WECHAT_.*|SANDBOX_.*|METRICS_TOKEN|TRUSTED_PROXIES)$/;
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" } as unknown as NodeJS.ProcessEnv;
}
