import { sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { presentStaff, type Staff } from "./find-staff";
import { findInvite, isUsable } from "./invite";
import { findPasswordProblem, hashPassword, type PasswordProblem } from "./password";

export type Acceptance =
  | { kind: "accepted"; staff: Staff }
  | { kind: "link_is_dead" }
  | { kind: "password_refused"; problem: PasswordProblem };

/**
 * Sets the password of the link's account and uses the link up; of two at once, one wins. Sessions opened with the old
 * password end, and a lock-out is over. It is no sign-in: whoever has a second factor still owes it.
 */
export async function acceptInvite(
  shop: Shop,
  by: { token: string; password: string; address: string },
): Promise<Acceptance> {
  const invited = await findInvite(shop, by.token);
  if (!invited) return { kind: "link_is_dead" };
  const problem = findPasswordProblem(by.password, invited.email);
  if (problem) return { kind: "password_refused", problem };

  const passwordHash = await hashPassword(by.password);
  return shop.db.transaction(async (tx) => {
    const [row] = await tx
      .update(staff)
      .set({
        passwordHash,
        inviteHash: null,
        inviteExpiresAt: null,
        failedSignIns: 0,
        lockedUntil: null,
        lastSignInAt: sql`CASE WHEN ${staff.totpSince} IS NULL THEN ${shop.now().toISOString()}::timestamptz ELSE ${staff.lastSignInAt} END`,
        sessionVersion: sql`${staff.sessionVersion} + 1`,
      })
      .where(isUsable(by.token, shop.now()))
      .returning();
    if (!row) return { kind: "link_is_dead" };
    await writeEntry(tx, {
      staffId: row.id,
      action: "staff.password",
      subject: "staff",
      subjectId: row.id,
      address: by.address,
      at: shop.now(),
    });
    return { kind: "accepted", staff: presentStaff(row) };
  });
}
