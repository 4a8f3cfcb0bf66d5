"use server";

import { cookies } from "next/headers";
import { localeCookie, locales } from "@/lib/http/locale";

const yearS = 365 * 86_400;

/** Anybody may choose a language. The page they are on is rendered again in it, with or without JavaScript. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const locale = locales.find((known) => known === form.get("locale"));
  if (locale) (await cookies()).set(localeCookie, locale, { path: "/", maxAge: yearS, sameSite: "lax" });
}
