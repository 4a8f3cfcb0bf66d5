import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { memberSessions } from "@/lib/db/schema/members";

/** Who is calling: a member, and the openid that this very session was opened with, if any. */
export type Buyer = { memberId: number; appid: string | null; openid: string | null };

export const memberCookie = "zg_member";
export const sessionLifeMs = { cookie: 180 * 86_400_000, bearer: 7 * 86_400_000 };

/** A new session's token; only its hash is stored. */
export async function openSession(
  tx: Tx | Db,
  session: { memberId: number; appid?: string; openid?: string; expiresAt: Date },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.insert(memberSessions).values({ ...session, tokenHash: hashToken(token) });
  return token;
}

export async function findBuyer(db: Db, token: string | null, now: Date): Promise<Buyer | null> {
  if (!token) return null;
  const [session] = await db
    .select({ memberId: memberSessions.memberId, appid: memberSessions.appid, openid: memberSessions.openid })
    .from(memberSessions)
    .where(and(eq(memberSessions.tokenHash, hashToken(token)), gt(memberSessions.expiresAt, now)));
  return session ?? null;
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
