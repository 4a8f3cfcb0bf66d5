import { createHash } from "node:crypto";

/** A picture's name: made of its content, so that the same picture again is the same row. */
export function pictureName(encoded: Uint8Array): string {
  return `${createHash("sha256").update(encoded).digest("hex")}.webp`;
}
