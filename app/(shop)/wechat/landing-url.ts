/** The address that the document was opened with: on an iPhone WeChat knows no other, wherever scripts go from there. */
export const landingUrl = typeof window === "undefined" ? "" : (window.location.href.split("#", 1)[0] ?? "");
