import { getLocale, getTranslations } from "next-intl/server";
import { problemOf, rowProblemOf } from "@/lib/batches/verdict";
import { problemText } from "@/lib/http/problem";

/** Why a row of a batch was refused, in the reader's words. */
export async function readVerdictText(): Promise<(verdict: string) => string> {
  const t = await getTranslations("desk.batches.rowProblems");
  const locale = await getLocale();
  return (verdict) => {
    const known = rowProblemOf(verdict);
    return known ? t(known) : problemText(locale, problemOf(verdict));
  };
}
