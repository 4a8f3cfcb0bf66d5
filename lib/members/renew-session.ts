import { and, eq, gt } from "drizzle-orm";
import { memberSessions } from "@/lib/db/schema/members";
import type { Shop } from "@/lib/shop";
import { hashToken, sessionLifeMs } from "./session";

/** From now on a cookie's session lives as long as a new one: whoever orders will look for the order. False when it is over. */
export async function renewSession(shop: Shop, token: string): Promise<boolean> {
  const now = shop.now();
  const renewed = await shop.db
    .update(memberSessions)
    .set({ expiresAt: new Date(now.getTime() + sessionLifeMs.cookie) })
    .where(and(eq(memberSessions.tokenHash, hashToken(token)), gt(memberSessions.expiresAt, now)))
    .returning({ tokenHash: memberSessions.tokenHash });
  return renewed.length > 0;
}
