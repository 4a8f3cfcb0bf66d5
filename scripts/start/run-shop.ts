import { checkSettings } from "@/lib/environment/check-settings";
import type { Environment } from "@/lib/environment/environment";
import { dataFolder, loadDotEnv, loadEnvironment } from "@/lib/environment/load";
import { actionsKey, keepSecrets } from "@/lib/environment/secrets";
import { environmentWarnings } from "@/lib/environment/warnings";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { announce } from "@/scripts/start/announce";
import { type Database, keepDatabase } from "@/scripts/start/database";
import { fillSandboxShop, type SignIn } from "@/scripts/start/fill-sandbox-shop";
import { prepareDatabase } from "@/scripts/start/prepare-database";
import { say } from "@/scripts/start/progress";
import { startSandbox } from "@/scripts/start/sandbox";
import { type Service, startService } from "@/scripts/start/service";

/** What has been started so far, to be stopped in this order whatever happens. */
export type Running = {
  app: Service | null;
  worker: Service | null;
  sandbox: Service | null;
  database: Promise<Database> | null;
};

type Run = {
  dev: boolean;
  running: Running;
  signal: AbortSignal;
  onHopeless: (message: string) => void;
};

const portInUse = 98; // serve.ts ends with it.

/** Brings up everything a shop needs, what is independent at the same time, and says where to click. */
export async function runShop(run: Run): Promise<void> {
  loadDotEnv();
  const dataDir = dataFolder();
  const planned = planSettings(dataDir);
  const env = childEnvironment({ planned, dataDir, dev: run.dev });

  const building = run.dev ? Promise.resolve() : ensureBuild({ say, signal: run.signal });
  const app = building.then(() => startApp(run, { env, port: planned.port }));
  const sandbox = planned.sandbox ? startStandIn(run, { env, dataDir }) : Promise.resolve();
  const database = startDatabase(run, dataDir);
  const [signIn] = await Promise.all([
    Promise.all([database, sandbox]).then(() => openDoors(run, env)),
    app,
    building,
  ]);

  await listen(run, await app);
  announce(loadEnvironment(), signIn);
}

/** The settings as far as they are known now, with a sandbox's secrets made and warnings told. */
function planSettings(dataDir: string): Environment {
  const planned = checkSettings({ variables: process.env, dataDir });
  for (const warning of environmentWarnings(planned, process.env))
    process.stderr.write(`Warning: ${warning}\n`);
  if (!planned.sandbox) return planned;
  keepSecrets(dataDir);
  return checkSettings({ variables: process.env, dataDir });
}

/** The database, embedded or given, at this version. */
async function startDatabase(run: Run, dataDir: string): Promise<void> {
  if (!process.env.DATABASE_URL?.trim()) {
    run.running.database = keepDatabase({ dataDir, say });
    await run.running.database;
    say("Database is up");
  }
  const { directDatabaseUrl } = checkSettings({ variables: process.env, dataDir });
  await prepareDatabase({ directDatabaseUrl, say, signal: run.signal });
  say("Database is at this version");
}

async function startStandIn(run: Run, from: { env: Record<string, string>; dataDir: string }): Promise<void> {
  run.signal.throwIfAborted();
  const onStart = (service: Service) => {
    run.running.sandbox = service;
  };
  await startSandbox({ ...from, say, onStart, onHopeless: run.onHopeless });
  say("Sandbox is up: no WECHAT_MCH_ID is set");
}

/** The app prepares itself while the rest starts, and listens when it is told to. */
async function startApp(run: Run, from: { env: Record<string, string>; port: number }): Promise<Service> {
  run.signal.throwIfAborted();
  run.running.app = startService({
    name: "app",
    script: "scripts/serve.ts",
    args: run.dev ? ["--dev"] : [],
    env: from.env,
    say,
    hopeless: (code) =>
      code === portInUse ? `Port ${from.port} is in use: choose another with PORT.` : null,
    onHopeless: run.onHopeless,
  });
  return run.running.app;
}

/** With database and sandbox there: the worker and, in a sandbox, something to sell. */
async function openDoors(run: Run, env: Record<string, string>): Promise<SignIn | null> {
  run.signal.throwIfAborted();
  const environment = loadEnvironment();
  const worker = startService({
    name: "worker",
    script: "scripts/worker.ts",
    env,
    say,
    onHopeless: run.onHopeless,
  });
  run.running.worker = worker;
  const [signIn] = await Promise.all([
    environment.sandbox ? fillSandboxShop(environment) : null,
    worker.ready,
  ]);
  say("Worker is up");
  return signIn;
}

async function listen(run: Run, app: Service): Promise<void> {
  run.signal.throwIfAborted();
  app.tell("listen");
  await app.ready;
}

function childEnvironment(from: {
  planned: Environment;
  dataDir: string;
  dev: boolean;
}): Record<string, string> {
  const { siteUrl, authSecret, port } = from.planned;
  return {
    DATA_DIR: from.dataDir,
    PORT: String(port),
    SITE_URL: siteUrl,
    NODE_ENV: from.dev ? "development" : "production",
    NEXTAUTH_URL: siteUrl,
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(authSecret),
  };
}
