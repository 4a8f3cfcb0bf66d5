import postgres from "postgres";
import { expect, test } from "vitest";
import { migrateDatabase } from "@/lib/db/migrate";
import { createDatabase } from "../../../support/postgres";

test("migrating a migrated database again, twice at once, changes nothing", async () => {
  const database = await createDatabase();
  const sql = postgres(database.url, { max: 1 });
  const tables = () => sql`
    SELECT table_schema, table_name, column_name FROM information_schema.columns
    WHERE table_schema IN ('public', 'graphile_worker') ORDER BY 1, 2, 3`;
  const before = await tables();

  await Promise.all([migrateDatabase(database.url), migrateDatabase(database.url)]);

  expect(before.length).toBeGreaterThan(0);
  expect(await tables()).toEqual(before);
  await sql.end();
  await database.drop();
});
