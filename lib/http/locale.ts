export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];
export const localeCookie = "zg_locale";

/** The caller's language: their own choice (cookie), else what their client prefers, else Chinese. */
export function chooseLocale(
  cookie: string | undefined | null,
  acceptLanguage: string | undefined | null,
): Locale {
  const chosen = locales.find((locale) => locale === cookie);
  if (chosen) return chosen;
  const preferred = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => quality > 0 && (tag.startsWith("zh") || tag.startsWith("en")))
    .sort((a, b) => b.quality - a.quality)[0];
  return preferred?.tag.startsWith("en") ? "en" : "zh-CN";
}

export function localeOf(request: Request): Locale {
  return chooseLocale(readCookie(request, localeCookie), request.headers.get("accept-language"));
}

export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
