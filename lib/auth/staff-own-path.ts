/** A path of ours to go on to, or null: anything that a browser could read as another host is refused. */
export function findOwnPath(text: unknown): string | null {
  if (typeof text !== "string" || text.length > 500) return null;
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes("\\")) return null;
  const url = new URL(text, "http://own.invalid");
  return url.host === "own.invalid" ? url.pathname + url.search : null;
}
