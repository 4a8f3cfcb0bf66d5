import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "@/lib/db/embedded/file-lock";
import { hashSources } from "@/scripts/build/hash-sources";

const stamp = join(".next", "zhanggui-build");
const lockPatienceMs = 10 * 60_000; // Longer than a build on a slow machine.

/**
 * Salts the ids of server actions, so that every machine builds the same ones. It keeps no secret: what the
 * actions close over is encrypted with a key that `npm start` derives from AUTH_SECRET.
 */
const actionIdSalt = createHash("sha256").update("zhanggui action ids").digest("base64");

/** Builds the app when its sources, the lockfile or Node have changed since the last build. */
export async function ensureBuild(options: {
  say: (line: string) => void;
  signal?: AbortSignal;
}): Promise<void> {
  if (isBuilt()) return;
  await withFileLock(join(".data", "build.lock"), lockPatienceMs, async () => {
    if (isBuilt()) return; // Another command built it while we waited.
    const began = Date.now();
    const seconds = () => Math.round((Date.now() - began) / 1000);
    options.say("Building the app (only when its sources have changed)…");
    const progress = setInterval(() => options.say(`  still building, ${seconds()} s`), 10_000);
    const hash = hashSources();
    try {
      await runBuild(options.signal);
    } finally {
      clearInterval(progress);
    }
    writeFileSync(stamp, hash);
    options.say(`Built in ${seconds()} s`);
  });
}

function isBuilt(): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources();
}

function runBuild(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionIdSalt,
      },
    });
    const stop = () => child.kill("SIGKILL");
    signal?.addEventListener("abort", stop, { once: true });
    let said = "";
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("close", (code) => {
      signal?.removeEventListener("abort", stop);
      if (code === 0) resolve();
      else reject(new BuildError(said));
    });
  });
}

export class BuildError extends Error {
  override readonly name = "BuildError";

  constructor(said: string) {
    const noSpace = /ENOSPC|no space left/i.test(said);
    super(noSpace ? "The build failed: no space is left on the disk." : `The build failed:\n${said.trim()}`);
  }
}
