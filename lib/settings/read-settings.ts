import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { settings as settingsTable } from "@/lib/db/schema/settings";
import { isSecret, type SettingKey, type Settings, settingDefinitions } from "./definitions";
import { SealedSetting } from "./secret-setting";

/** All settings as they are now, secret ones masked. A row that no longer fits its definition counts as unset. */
export async function readSettings(db: Db | Tx): Promise<Settings> {
  // As text: drizzle parses a JSON string once more, and would make a number of a shop called "30".
  const rows = await db
    .select({ key: settingsTable.key, json: sql<string>`${settingsTable.value}::text` })
    .from(settingsTable);
  const stored = new Map<string, unknown>(rows.map(({ key, json }) => [key, JSON.parse(json)]));
  const entries = Object.entries(settingDefinitions).map(([key, { schema, initial }]) => {
    if (isSecret(key as SettingKey)) {
      const secret = SealedSetting.safeParse(stored.get(key));
      return [key, secret.success ? secret.data.masked : initial];
    }
    const parsed = schema.safeParse(stored.get(key));
    return [key, parsed.success ? parsed.data : initial];
  });
  return Object.fromEntries(entries) as Record<SettingKey, unknown> as Settings;
}
