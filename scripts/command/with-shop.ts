import { withDatabaseServer } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { EnvironmentError } from "@/lib/environment/environment-error";
import { dataFolder, loadDotEnv, loadEnvironment } from "@/lib/environment/load";
import { openShop, type Shop } from "@/lib/shop";

/** What a command was told wrongly, in one line for the person who typed it. */
export class CommandError extends Error {}

/**
 * Runs a command against the configured shop and ends the process: 0, or 1 with one clear line. Where the database is
 * the embedded one, it is started for as long as the command runs, unless the shop runs already.
 */
export async function runWithShop(run: (shop: Shop) => Promise<void>): Promise<never> {
  try {
    loadDotEnv();
    if (process.env.DATABASE_URL) await openAndRun(run);
    else await withDatabaseServer(dataFolder(), () => openAndRun(run));
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  process.exit(0);
}

async function openAndRun(run: (shop: Shop) => Promise<void>): Promise<void> {
  const environment = loadEnvironment();
  await migrateDatabase(environment.directDatabaseUrl); // The first account may be made before the first start.
  const shop = openShop(environment, {
    databaseUrl: environment.directDatabaseUrl,
    poolSize: 2,
    name: "zhanggui-command",
  });
  try {
    await run(shop);
  } finally {
    await shop.close();
  }
}
