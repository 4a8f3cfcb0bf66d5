import { createHash, randomInt } from "node:crypto";

/** Without I, L, O and U, which are misread or spell words (Crockford's base 32). */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const count = 10;
const length = 12; // 60 bits: out of reach even for whoever holds the hashes.

/** Ten new ones as people read them: `ABCD-EFGH-JKMN`. */
export function newRecoveryCodes(): string[] {
  const code = () => Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: count }, () => code().replace(/(.{4})(?=.)/g, "$1-"));
}

/** What is kept of one. Forgiving as paper is: any case, spaces and dashes, O for 0, I or L for 1. */
export function hashRecoveryCode(staffId: number, typed: string): string {
  const text = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return createHash("sha256").update(`${staffId}:${text}`).digest("hex");
}
