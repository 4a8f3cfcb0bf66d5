import type { Locale } from "@/lib/http/locale";
import en from "@/messages/en/common.json";
import zh from "@/messages/zh-CN/common.json";

const names: Record<Locale, Record<string, string>> = { "zh-CN": zh.carrier, en: en.carrier };

/** A carrier as people call it; a code that nobody knows stays as it is. */
export function carrierName(code: string, locale: Locale): string {
  return names[locale][code] ?? code;
}
