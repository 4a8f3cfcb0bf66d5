import type { Db, Tx } from "@/lib/db/connect";
import { settings as settingsTable } from "@/lib/db/schema";
import { type SettingKey, type Settings, settingDefinitions } from "./definitions";

/** All settings as they are now. A row that no longer fits its definition counts as unset. */
export async function readSettings(db: Db | Tx): Promise<Settings> {
  const rows = await db.select().from(settingsTable);
  const stored = new Map(rows.map((row) => [row.key, row.value]));
  const entries = Object.entries(settingDefinitions).map(([key, { schema, initial }]) => {
    const parsed = schema.safeParse(stored.get(key));
    return [key, parsed.success ? parsed.data : initial];
  });
  return Object.fromEntries(entries) as Record<SettingKey, unknown> as Settings;
}
