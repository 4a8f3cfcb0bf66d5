import type { IncomingMessage } from "node:http";
import { readCookie } from "@/lib/sandbox/web/cookies";

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];
/** One text in both languages. */
export type Text = Record<Language, string>;

/** `?lang=` first, then what was chosen before, then the browser's own, Chinese when it speaks neither. */
export function languageOf(request: IncomingMessage, url: URL): Language {
  const asked = url.searchParams.get("lang") ?? readCookie(request, languageCookie);
  if (asked === "zh" || asked === "en") return asked;
  const spoken = (request.headers["accept-language"] ?? "").toLowerCase().split(",");
  const first = spoken.map((one) => one.trim().slice(0, 2)).find((one) => one === "zh" || one === "en");
  return first === "en" ? "en" : "zh";
}

export const languageCookie = "sandbox_language";
