import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { dataFolder, loadDotEnv, loadEnvironment } from "@/lib/environment/load";
import { runWorker } from "@/lib/jobs/run-worker";
import { openShop } from "@/lib/shop";

const isSupervised = process.send !== undefined; // `npm start` keeps the database then, and has migrated it.

loadDotEnv();
const isEmbedded = !process.env.DATABASE_URL?.trim();
const database = isEmbedded && !isSupervised ? await startEmbeddedPostgres({ dataDir: dataFolder() }) : null;
try {
  const environment = loadEnvironment();
  if (!isSupervised) await migrateDatabase(environment.directDatabaseUrl);
  const shop = openShop(environment, { name: "zhanggui-worker", databaseUrl: environment.directDatabaseUrl });
  const worker = await runWorker(shop);
  process.send?.("ready");
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
  await worker.stop();
  await shop.close();
} finally {
  await database?.stop();
}
process.exit(0);
