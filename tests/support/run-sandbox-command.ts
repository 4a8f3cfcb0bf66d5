import { spawnSync } from "node:child_process";

/** `npm run sandbox -- WORDS` against a running sandbox, a process of its own. Nothing else runs here meanwhile. */
export function runSandboxCommand(sandbox: { dataDir: string }, words: string[]) {
  const ended = spawnSync("node_modules/.bin/node", ["--import", "tsx", "scripts/sandbox.ts", ...words], {
    env: { ...process.env, DATA_DIR: sandbox.dataDir },
    encoding: "utf8",
    timeout: 20_000,
  });
  return { code: ended.status, out: ended.stdout, error: ended.stderr.trim() };
}
