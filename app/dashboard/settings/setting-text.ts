import { formatFen } from "@/app/ui/format-fen";
import { asYuan, readYuan } from "@/app/ui/read-yuan";
import { isSecret, type SettingKey, settingDefinitions } from "@/lib/settings/definitions";

export type SettingKind = "amount" | "number" | "timeZone" | "language" | "address" | "text";

/** How a setting is typed and told: amounts in yuan, kept in fen. */
export function kindOf(key: SettingKey): SettingKind {
  if (key === "timeZone") return "timeZone";
  if (key === "messageLanguage") return "language";
  if (isSecret(key)) return "address";
  if (key.endsWith("Fen")) return "amount";
  return typeof settingDefinitions[key].initial === "number" ? "number" : "text";
}

/** What the field starts with: of a secret, nothing. */
export function typedFrom(key: SettingKey, value: string | number): string {
  if (isSecret(key)) return "";
  return kindOf(key) === "amount" ? asYuan(Number(value)) : String(value);
}

/** What was typed, as the verb reads it; an amount that is none stays none. */
export function valueFrom(key: SettingKey, typed: string): string {
  return kindOf(key) === "amount" ? String(readYuan(typed)) : typed;
}

/** What somebody reads who may not change it; null where it is switched off. */
export function shown(key: SettingKey, value: string | number, locale: string): string | null {
  if (value === "" || (key.startsWith("refund") && value === 0)) return null;
  return kindOf(key) === "amount" ? formatFen(Number(value), locale) : value.toLocaleString(locale);
}

/** Between which values it may lie, as a person would type them. */
export function boundsOf(key: SettingKey, locale: string): { least: string; most: string } {
  const { schema } = settingDefinitions[key];
  const [least, most] =
    "minValue" in schema
      ? [schema.minValue ?? 0, schema.maxValue ?? 0]
      : "minLength" in schema
        ? [schema.minLength ?? 0, schema.maxLength ?? 0]
        : [0, 0];
  const tell = (bound: number) =>
    kindOf(key) === "amount"
      ? (bound / 100).toLocaleString(locale)
      : bound.toLocaleString(locale, { useGrouping: false });
  return { least: tell(least), most: tell(most) };
}
