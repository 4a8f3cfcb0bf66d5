import { UsageError } from "@/lib/sandbox/command/usage-error";

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `5m`, `2h`, `1d`, `250ms`; a bare number is seconds. In milliseconds. */
export function readDuration(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const found = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)(ms|s|m|h|d)?$/.exec(text);
  if (!found) throw new UsageError(`--${option} is a time such as 30s, 5m or 2h, not "${text}"`);
  return Math.round(Number(found[1]) * (units[found[2] ?? "s"] ?? 1));
}

/** A whole number of at least `least`. */
export function readCount(option: string, text: string | undefined, least = 1): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^[0-9]{1,10}$/.test(text) || value < least) {
    throw new UsageError(`--${option} is a whole number of at least ${least}, not "${text}"`);
  }
  return value;
}
