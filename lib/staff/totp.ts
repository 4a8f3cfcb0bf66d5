import { Secret, TOTP } from "otpauth";

/** What every authenticator app takes without asking: six digits, SHA-1, a new code every 30 seconds (RFC 6238). */
const form = { algorithm: "SHA1", digits: 6, period: 30 } as const;

/** A new secret, base32, 160 bits. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the QR code says: the secret, and under which name the app lists it. */
export function totpUri(of: { secret: string; shopName: string; email: string }): string {
  const { secret, shopName, email } = of;
  return new TOTP({ ...form, issuer: shopName, label: email, secret: Secret.fromBase32(secret) }).toString();
}

/** The 30 seconds that a code belongs to, one step before or after now allowed for a clock that is off; null for a wrong one. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const totp = { ...form, secret: Secret.fromBase32(secret), timestamp: now.getTime() };
  const delta = TOTP.validate({ ...totp, token: code, window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / form.period) + delta;
}

/** As people type it: full-width digits and spaces too. Null when it is no code of six digits. */
export function readCode(typed: string): string | null {
  const text = typed.normalize("NFKC").replace(/\s/g, "");
  return /^\d{6}$/.test(text) ? text : null;
}
