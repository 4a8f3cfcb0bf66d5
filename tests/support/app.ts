import { afterEach } from "vitest";
import { freePort } from "@/lib/db/embedded/free-port";
import { actionsKey, keepSecrets } from "@/lib/environment/secrets";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { type Child, children, startScript } from "./child";

export type AppOptions = {
  databaseUrl: string;
  /** Where the sandbox keeps what the app reads of it: merchant.json and the secrets. */
  sandbox: { dataDir: string };
  /** A port that an earlier app had, so that what knows its address finds it again. */
  port?: number;
  /** How its connections are called in the database: tells two processes apart. */
  name?: string;
  env?: Record<string, string>;
};

export type App = Child & {
  url: string;
  port: number;
  /** A new process at the same address with the same settings, after the old one is gone. */
  again: (changed?: Partial<AppOptions>) => Promise<App>;
};

/** The app as it runs in production: `scripts/serve.ts` on the production build, a process of its own. */
export async function startApp(options: AppOptions): Promise<App> {
  await ensureBuild({ say: (line) => process.stderr.write(`${line}\n`) });
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const name = options.name ?? "app";
  const env = { ...environment(options, name), PORT: String(port), SITE_URL: url, NEXTAUTH_URL: url };
  const child = await startScript({
    name,
    script: "scripts/serve.ts",
    tell: "listen",
    env: { ...env, ...options.env },
  });
  const again = async (changed?: Partial<AppOptions>) => {
    await child.stop();
    return startApp({ ...options, port, ...changed });
  };
  await answersHealth(url, child);
  return { ...child, url, port, again };
}

export type Worker = Child & { again: (changed?: Partial<AppOptions>) => Promise<Worker> };

/** A worker as `npm start` runs it, a process of its own. */
export async function startWorker(options: AppOptions): Promise<Worker> {
  const name = options.name ?? "worker";
  const env = { ...environment(options, name), SITE_URL: "http://127.0.0.1:1" }; // A test in which refunds are sent passes the app's: their notify_url is built from it.
  const child = await startScript({ name, script: "scripts/worker.ts", env: { ...env, ...options.env } });
  const again = async (changed?: Partial<AppOptions>) => {
    await child.stop();
    return startWorker({ ...options, ...changed });
  };
  return { ...child, again };
}

function environment(options: AppOptions, name: string): Record<string, string> {
  const { dataDir } = options.sandbox;
  const { authSecret } = keepSecrets(dataDir);
  return {
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(authSecret),
    DATA_DIR: dataDir,
    DATABASE_URL: named(options.databaseUrl, name),
  };
}

function named(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("application_name", name);
  return url.href;
}

async function answersHealth(url: string, child: Child): Promise<void> {
  const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(15_000) });
  if (response.ok) return;
  await child.kill();
  throw new Error(`${child.name} is not healthy: ${await response.text()}\n${child.log()}`);
}

/** What a process says is wanted when a test fails, and noise otherwise. */
afterEach(({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const { name, pid, log } of children) {
    process.stderr.write(`\n── ${name} (${pid}) ──\n${log().slice(-6_000)}\n`);
  }
});
