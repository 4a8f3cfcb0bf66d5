/** The variables as given, and what was found wrong with them so far. */
export type Variables = {
  find: (name: string) => string | null;
  require: (name: string, remedy: string) => string;
  oneOf: <T extends string>(name: string, allowed: readonly T[]) => T | null;
  refuse: (name: string, reason: string) => void;
  problems: string[];
};

/** An empty variable counts as unset: that is how a compose file or a CI form unsets one. */
export function readVariables(given: Record<string, string | undefined>): Variables {
  const problems: string[] = [];
  const find = (name: string) => given[name]?.trim() || null;
  const refuse = (name: string, reason: string) => void problems.push(`${name} ${reason}`);
  return {
    find,
    refuse,
    problems,
    require(name, remedy) {
      const value = find(name);
      if (value === null) refuse(name, `is missing: ${remedy}`);
      return value ?? "";
    },
    oneOf(name, allowed) {
      const value = find(name);
      if (value === null) return null;
      const match = allowed.find((candidate) => candidate === value);
      if (match === undefined) refuse(name, `must be one of ${allowed.join(", ")}`);
      return match ?? null;
    },
  };
}
