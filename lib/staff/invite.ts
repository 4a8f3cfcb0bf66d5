import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";

export const inviteLifeMs = 24 * 60 * 60_000;

/** A one-time link's secret; only its hash is stored. */
export function newInvite(now: Date): { token: string; hash: string; expiresAt: Date } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashInvite(token), expiresAt: new Date(now.getTime() + inviteLifeMs) };
}

export function hashInvite(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The account a link is for, while the link can be used; looking does not use it. */
export async function findInvite(shop: Shop, token: string): Promise<{ email: string; name: string } | null> {
  const [row] = await shop.db
    .select({ email: staff.email, name: staff.name })
    .from(staff)
    .where(isUsable(token, shop.now()));
  return row ?? null;
}

export function isUsable(token: string, now: Date) {
  return and(
    eq(staff.inviteHash, hashInvite(token)),
    gt(staff.inviteExpiresAt, now),
    isNull(staff.disabledAt),
  );
}
