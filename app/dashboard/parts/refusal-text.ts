import type { Locale } from "@/lib/http/locale";
import { fieldText, problemText, toAppError } from "@/lib/http/problem";

/** Why a form was refused, in the reader's language: field by field where it was the fields, else as the API says it. */
export function refusalText(locale: Locale, error: unknown): string {
  const { code, facts } = toAppError(error);
  const texts = (facts.errors ?? []).map((field) => fieldText(locale, field));
  return texts.length > 0 ? [...new Set(texts)].join(" ") : problemText(locale, code);
}
