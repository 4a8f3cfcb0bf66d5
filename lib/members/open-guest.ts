import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { memberSessions } from "@/lib/db/schema/members";
import type { Shop } from "@/lib/shop";
import { type Buyer, hashToken, sessionLifeMs } from "./session";
import { createMember } from "./sign-in-with-openid";

/**
 * A stranger's first order form makes a guest. The token follows from the form's own random key, so that the same
 * form sent twice before the cookie arrived is the same guest, whose idempotency key then gives the same order.
 * The key is as secret as the cookie: it stands in that one visitor's page alone.
 */
export async function openGuest(shop: Shop, formKey: string): Promise<{ buyer: Buyer; token: string }> {
  const { authSecret } = shop.environment;
  const token = createHmac("sha256", authSecret).update(`guest:${formKey}`).digest("base64url");
  const tokenHash = hashToken(token);
  const memberId = await shop.db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`guest:${tokenHash}`}, 0))`);
    const [known] = await tx.select().from(memberSessions).where(eq(memberSessions.tokenHash, tokenHash));
    if (known) return known.memberId;
    const made = await createMember(tx);
    const expiresAt = new Date(shop.now().getTime() + sessionLifeMs.cookie);
    await tx.insert(memberSessions).values({ tokenHash, memberId: made, expiresAt });
    return made;
  });
  return { buyer: { memberId, appid: null, openid: null }, token };
}
