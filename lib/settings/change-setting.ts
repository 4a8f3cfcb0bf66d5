import { sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { settings as settingsTable } from "@/lib/db/schema/settings";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { isSecret, isSettingKey, type SettingKey, settingDefinitions } from "./definitions";
import { readSettings } from "./read-settings";
import { readSecret, sealSetting } from "./secret-setting";

/**
 * Sets one setting from what was typed: digits for a number (an amount in fen), else text. It holds from the next
 * request on. The same value again changes nothing and leaves no entry; an entry holds of a secret what people may see.
 * `not_found`, `setting_invalid`.
 */
export async function changeSetting(
  shop: Shop,
  of: { key: string; value: string; staffId: number; address: string },
): Promise<{ changed: boolean }> {
  const { key, staffId, address } = of;
  if (!isSettingKey(key)) throw new AppError("not_found");
  const after = parseSetting(shop, key, of.value);
  return shop.db.transaction(async (tx) => {
    // One change at a time, so that `before` is what it was; readers are not held up. There may be no row to lock.
    await tx.execute(sql`LOCK TABLE ${settingsTable} IN SHARE ROW EXCLUSIVE MODE`);
    const before = (await readSettings(tx))[key];
    if ((isSecret(key) ? await readSecret(shop, key, tx) : before) === after) return { changed: false };
    const value = isSecret(key) ? sealSetting(String(after), shop.environment.dataKey) : after;
    const row = { value, updatedAt: shop.now() };
    await tx
      .insert(settingsTable)
      .values({ key, ...row })
      .onConflictDoUpdate({ target: settingsTable.key, set: row });
    await writeEntry(tx, {
      ...{ staffId, address, at: shop.now() },
      action: "setting.change",
      subject: "setting",
      subjectId: key,
      before: { value: before },
      after: { value: (await readSettings(tx))[key] },
    });
    return { changed: true };
  });
}

function parseSetting({ environment }: Shop, key: SettingKey, typed: string): string | number {
  const definition = settingDefinitions[key];
  const { schema, initial } = definition;
  const value = typeof initial === "number" ? readInteger(typed) : typed;
  const parsed = schema.safeParse(value);
  const isAllowed =
    parsed.success && (!("allowed" in definition) || definition.allowed(String(parsed.data), environment));
  if (!isAllowed) throw new AppError("setting_invalid", { errors: [{ path: key, code: "invalid" }] });
  return parsed.data;
}

/** As people type it, full-width digits too. `Number` alone would take "", "0x1f" and "1e3". */
function readInteger(typed: string): number | null {
  const text = typed.normalize("NFKC").trim();
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
