export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The first value of a parameter, trimmed and without control characters; null when it is absent or empty. */
export function firstOf(value: string | string[] | undefined): string | null {
  const text = (Array.isArray(value) ? value[0] : value)?.replace(/\p{Cc}/gu, "").trim();
  return text ? text.slice(0, 200) : null;
}

/** One of the known values, else null: whatever is typed into the address is only a wish. */
export function oneOf<T extends string>(value: string | string[] | undefined, known: readonly T[]): T | null {
  return known.find((item) => item === firstOf(value)) ?? null;
}

/** A keyset cursor: a row's id. */
export function cursorOf(value: string | string[] | undefined): number | undefined {
  const text = firstOf(value) ?? "";
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** An address with the parameters that have a value. */
export function hrefOf(path: string, query: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  if (set.length === 0) return path;
  return `${path}?${new URLSearchParams(set.map(([key, value]) => [key, String(value)]))}`;
}
