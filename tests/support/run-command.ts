import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { RunningShop } from "./a-running-shop";

export type CommandResult = { exitCode: number | null; stdout: string; stderr: string };

/** `npm run NAME -- ARGS` against a running shop, a process of its own; `stdin` is piped into it, `settings` go over the shop's. */
export async function runCommand(
  running: RunningShop,
  name: "trace" | "staff",
  args: string[],
  { stdin = "", settings = {} }: { stdin?: string; settings?: Record<string, string> } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${name}.ts`, ...args], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      DATA_DIR: running.sandbox.dataDir,
      DATABASE_URL: running.database.url,
      SITE_URL: running.environment.siteUrl,
      ...settings,
    },
  });
  child.stdin.end(stdin);
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { exitCode, stdout, stderr };
}
