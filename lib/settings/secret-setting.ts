import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/lib/db/connect";
import { settings as settingsTable } from "@/lib/db/schema/settings";
import { seal, unseal } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import type { SettingKey } from "./definitions";

/** What the settings table holds of a secret: sealed with DATA_KEY, and as much of it as people may see. */
export const SealedSetting = z.object({ sealed: z.string(), masked: z.string() });

export function sealSetting(text: string, dataKey: string): z.infer<typeof SealedSetting> | "" {
  return text === "" ? "" : { sealed: seal(text, dataKey), masked: maskAddress(text) };
}

/** A secret as it was typed: empty when there is none, null when it was sealed with another DATA_KEY. */
export async function readSecret(shop: Shop, key: SettingKey, db: Db | Tx = shop.db): Promise<string | null> {
  const [row] = await db
    .select({ value: settingsTable.value })
    .from(settingsTable)
    .where(eq(settingsTable.key, key));
  const stored = SealedSetting.safeParse(row?.value);
  return stored.success ? unseal(stored.data.sealed, shop.environment.dataKey) : "";
}

/** Whose it is and its end: enough to tell one from another. */
function maskAddress(text: string): string {
  return `${new URL(text).origin}/…${text.slice(-4)}`;
}
