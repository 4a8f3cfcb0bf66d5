import { Secret, TOTP } from "otpauth";
import { unseal } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import { beginTotp } from "@/lib/staff/begin-totp";
import { turnTotpOn } from "@/lib/staff/turn-totp-on";

/** What an authenticator app shows now for a secret as the page writes it. */
export function codeOf(secret: string, at = new Date()): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
    timestamp: at.getTime(),
  });
}

/** Somebody's second factor, turned on without walking through the page. `code` is one that was not used yet. */
export async function withAuthenticator(shop: Shop, staffId: number) {
  await beginTotp(shop, { staffId });
  const [row] = await shop.sql`SELECT totp_sealed FROM staff WHERE id = ${staffId}`;
  const secret = unseal(String(row?.totp_sealed), shop.environment.dataKey) ?? "";
  const by = { staffId, address: "127.0.0.1" };
  const { recoveryCodes } = await turnTotpOn(shop, { code: codeOf(secret, shop.now()), by });
  return {
    secret,
    recoveryCodes,
    async code(): Promise<string> {
      await forgetUsedCodes(shop, staffId);
      return codeOf(secret, shop.now());
    },
  };
}

/** As if 30 seconds had passed since the last code was used. */
export async function forgetUsedCodes(shop: Shop, staffId: number): Promise<void> {
  await shop.sql`UPDATE staff SET totp_last_step = NULL WHERE id = ${staffId}`;
}
