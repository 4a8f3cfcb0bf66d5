/** A path of ours to come back to, or null: nothing that leads a browser to another host. */
export function ownPath(text: string | null, siteUrl: string): string | null {
  if (!text || text.length > 500 || !/^\/[^/\\]/.test(`${text}x`) || /[\\\p{Cc}]/u.test(text)) return null;
  const url = URL.parse(text, siteUrl);
  if (!url || url.origin !== new URL(siteUrl).origin) return null;
  if (url.pathname.startsWith("//")) return null; // Dots that climbed: "/a/..//evil.example".
  return url.pathname + url.search;
}
