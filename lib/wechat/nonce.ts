import { randomBytes } from "node:crypto";

/** An unpredictable `nonce_str`: 32 characters of letters and digits, the alphabet that is safe everywhere. */
export function newNonce(): string {
  return randomBytes(16).toString("hex");
}
