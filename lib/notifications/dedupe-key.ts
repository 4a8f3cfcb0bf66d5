import { createHash } from "node:crypto";

/** What makes two messages the same one: the facts, not the nonce or the time of sending. */
export function dedupeKey(kind: string, facts: readonly (string | number | null | undefined)[]): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, ...facts]))
    .digest("hex");
}
