import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations as migrateJobs } from "graphile-worker";
import { connect } from "./connect";

/**
 * Brings a database to this version: tables (forward only), then the SQL functions that stand beside their verbs,
 * then the job queue. Safe to run from several processes at once, and again.
 */
export async function migrateDatabase(url: string, root = process.cwd()): Promise<void> {
  const { sql, db, close } = connect(url, { max: 1, name: "zhanggui-migrate" });
  try {
    await sql`SELECT pg_advisory_lock(${migrationLock})`;
    await migrate(db, { migrationsFolder: path.join(root, "drizzle") });
    for (const file of await sqlFunctions(path.join(root, "lib")))
      await sql.unsafe(await readFile(file, "utf8"));
    await migrateJobs({ connectionString: url });
  } finally {
    await close();
  }
}

const migrationLock = 5_201_314; // Any number of our own; held for the session.

async function sqlFunctions(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => path.join(folder, file));
}
