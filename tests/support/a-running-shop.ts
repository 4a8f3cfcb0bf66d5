import { freePort } from "@/lib/db/embedded/free-port";
import { type Environment, parseEnvironment } from "@/lib/environment/environment";
import { keepSecrets } from "@/lib/environment/secrets";
import { openShop, type Shop } from "@/lib/shop";
import { fillSandboxShop, type SignIn } from "@/scripts/start/fill-sandbox-shop";
import { type App, startApp, startWorker, type Worker } from "./app";
import { createDatabase, type TestDatabase } from "./postgres";
import { type SandboxProcess, startSandbox } from "./sandbox";

export type RunningShop = {
  /** The first app's address; WeChat knows the last one's. */
  url: string;
  apps: App[];
  worker: Worker | null;
  sandbox: SandboxProcess;
  database: TestDatabase;
  /** The same shop, in the test's own process: to prepare rows and to read what became of them. */
  shop: Shop;
  environment: Environment;
  /** Whom to sign in as at the desk. */
  signIn: SignIn;
  stop: () => Promise<void>;
};

/** Everything that `npm start` brings up, on a database of its own: sandbox, demo goods, apps and a worker. */
export async function aRunningShop(
  options: {
    apps?: number;
    worker?: boolean;
    timeFactor?: number;
    /** Whether the demo's virtual goods are delivered by themselves; else its orders wait for a person. */
    isAutomatic?: boolean;
    env?: Record<string, string>;
    /** The address that apps and worker reach the database by, when it is not the database's own. */
    through?: (databaseUrl: string) => Promise<string>;
  } = {},
): Promise<RunningShop> {
  const [sandbox, database] = await Promise.all([
    startSandbox({ timeFactor: options.timeFactor }),
    createDatabase(),
  ]);
  keepSecrets(sandbox.dataDir);
  const databaseUrl = (await options.through?.(database.url)) ?? database.url;
  const ports = await Promise.all(Array.from({ length: options.apps ?? 1 }, () => freePort()));
  const siteUrl = `http://127.0.0.1:${ports.at(-1)}`; // One for all apps, as behind a load balancer.
  const processes = {
    databaseUrl,
    sandbox,
    env: { SITE_URL: siteUrl, NEXTAUTH_URL: siteUrl, ...options.env },
  };

  const apps: App[] = [];
  for (const port of ports) apps.push(await startApp({ ...processes, port, name: `app-${apps.length + 1}` }));
  const worker = options.worker === false ? null : await startWorker(processes);
  const url = apps[0]?.url ?? siteUrl;
  const variables = { DATABASE_URL: database.url, SITE_URL: siteUrl };
  const environment = parseEnvironment({ variables, dataDir: sandbox.dataDir });
  const shop = openShop(environment, { name: "test" });
  const signIn = await fillSandboxShop(environment);
  if (!options.isAutomatic) await shop.sql`DELETE FROM virtual_contents`;

  return {
    ...{ url, apps, worker, sandbox, database, shop, environment, signIn },
    async stop() {
      await Promise.all([...apps, worker].map((child) => child?.stop()));
      await shop.close();
      await sandbox.stop();
      await database.drop();
    },
  };
}
