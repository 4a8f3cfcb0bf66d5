/**
 * Where an H5 payer goes afterwards: redirect_url when its host is one the merchant registered (the site in
 * scene_info, or the page that the payer comes from), else the page that the payer comes from.
 */
export function returnAddress(input: {
  redirectUrl: string | null;
  referer: string;
  siteUrl: string | null;
}): { ok: true; address: string } | { ok: false } {
  if (!input.redirectUrl) return { ok: true, address: input.referer };
  const wanted = readHttpUrl(input.redirectUrl);
  const registered = [input.referer, input.siteUrl].map((text) => readHttpUrl(text)?.hostname);
  if (!wanted || !registered.includes(wanted.hostname)) return { ok: false };
  return { ok: true, address: wanted.href };
}

/** Only http and https: a javascript: address must not become a link. */
export function readHttpUrl(text: string | null): URL | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
}
