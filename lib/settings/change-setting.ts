import { sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { settings as settingsTable } from "@/lib/db/schema";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { isSettingKey, type SettingKey, settingDefinitions } from "./definitions";
import { readSettings } from "./read-settings";

/**
 * Sets one setting from what was typed: digits for a number (an amount in fen), else text. It holds from the next
 * request on. The same value again changes nothing and leaves no entry. `not_found`, `setting_invalid`.
 */
export async function changeSetting(
  shop: Shop,
  of: { key: string; value: string; staffId: number; address: string },
): Promise<{ changed: boolean }> {
  const { key, staffId, address } = of;
  if (!isSettingKey(key)) throw new AppError("not_found");
  const after = parseSetting(key, of.value);
  return shop.db.transaction(async (tx) => {
    // One change at a time, so that `before` is what it was; readers are not held up. There may be no row to lock.
    await tx.execute(sql`LOCK TABLE ${settingsTable} IN SHARE ROW EXCLUSIVE MODE`);
    const before = (await readSettings(tx))[key];
    if (before === after) return { changed: false };
    const row = { value: after, updatedAt: shop.now() };
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
      after: { value: after },
    });
    return { changed: true };
  });
}

function parseSetting(key: SettingKey, typed: string): string | number {
  const { schema, initial } = settingDefinitions[key];
  const value = typeof initial === "number" ? readInteger(typed) : typed;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError("setting_invalid", { errors: [{ path: key, code: "invalid" }] });
  return parsed.data;
}

/** As people type it, full-width digits too. `Number` alone would take "", "0x1f" and "1e3". */
function readInteger(typed: string): number | null {
  const text = typed.normalize("NFKC").trim();
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
