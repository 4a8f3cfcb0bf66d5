import { withDatabaseServer } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { parseEnvironment } from "@/lib/environment/environment";
import { EnvironmentError } from "@/lib/environment/environment-error";
import { dataFolder, loadDotEnv, loadEnvironment } from "@/lib/environment/load";
import { readPrepared } from "@/lib/environment/prepared";
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
    refuseUnprepared();
    if (process.env.DATABASE_URL) await openAndRun(run);
    else await withDatabaseServer(dataFolder(), () => openAndRun(run));
  } catch (error) {
    const message = explain(error);
    if (message === null) throw error;
    console.error(message);
    process.exit(1);
  }
  process.exit(0);
}

/** Before a database is started, or even made, for settings that are not there. */
function refuseUnprepared(): void {
  const dataDir = dataFolder();
  const found = readPrepared(dataDir);
  const prepared = { ...found, databaseUrl: found.databaseUrl ?? "postgres://127.0.0.1/pending" };
  parseEnvironment({ variables: process.env, dataDir, prepared });
}

const unreachable = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "ECONNRESET",
  "CONNECT_TIMEOUT",
  "28P01",
  "28000",
  "3D000",
]);

/** What went wrong, when it is the settings or the database and not a fault of ours. */
function explain(error: unknown): string | null {
  if (error instanceof CommandError || error instanceof EnvironmentError) return error.message;
  const code = codeOf(error);
  if (unreachable.has(code))
    return `The database cannot be reached (${code}): is DATABASE_URL right, and does it run?`;
  return code === "42P01" ? "The database is not at this version: `npm start` brings it there." : null;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error ? String(error.code) : codeOf(error.cause);
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
