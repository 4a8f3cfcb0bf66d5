export type Parameters = Record<string, string | string[] | undefined>;

/** Reads an address's parameters one by one. What is set and means nothing is null, and named in `madeUp`. */
export function readParameters(query: Parameters) {
  const madeUp: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | null): T | null => {
    const text = firstText(query[name]);
    const value = text === null ? null : parse(text);
    if (text !== null && value === null) madeUp.push(name);
    return value;
  };
  return {
    madeUp,
    read,
    oneOf: <T extends string>(name: string, known: readonly T[]): T | null =>
      read(name, (text) => known.find((item) => item === text) ?? null),
  };
}

function firstText(value: string | string[] | undefined): string | null {
  const text = (Array.isArray(value) ? value[0] : value)?.replace(/\p{Cc}/gu, "").trim();
  return text || null; // A form sends what was left empty, too.
}
