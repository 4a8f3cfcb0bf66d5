import { eq, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { type StaffRole, staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { newInvite } from "./invite";
import { hashPassword } from "./password";

export type NewStaff = { email: string; role: StaffRole; name?: string };
export type AddedStaff = { id: number; isNew: boolean; inviteToken: string | null; roleBefore: StaffRole };

/**
 * Makes an account be as said: email (lower case), role, name. Without a password it gets a one-time link, in place of
 * any earlier link; with one (already checked by `findPasswordProblem`), that is the password from now on.
 */
export async function addStaff(
  shop: Shop,
  { email, role, name }: NewStaff,
  password: string | null,
): Promise<AddedStaff> {
  const now = shop.now();
  const invite = password === null ? newInvite(now) : null;
  const entrance =
    password === null
      ? { inviteHash: invite?.hash, inviteExpiresAt: invite?.expiresAt }
      : { passwordHash: await hashPassword(password), ...cleanSlate };

  return shop.db.transaction(async (tx) => {
    const [before] = await tx.select().from(staff).where(eq(staff.email, email)).for("update");
    const account = { role, name: name ?? before?.name ?? email.split("@")[0] ?? email, ...entrance };
    const [row] = before
      ? await tx
          .update(staff)
          .set({ ...account, ...(password !== null && { sessionVersion: sql`${staff.sessionVersion} + 1` }) })
          .where(eq(staff.id, before.id))
          .returning()
      : await tx
          .insert(staff)
          .values({ email, ...account, createdAt: now })
          .returning();
    if (!row) throw new Error("a staff account was not written");
    await writeEntry(tx, {
      staffId: null,
      action: before ? (invite ? "staff.invite" : "staff.password") : "staff.add",
      subject: "staff",
      subjectId: row.id,
      at: now,
      ...(before && { before: { role: before.role } }),
      after: { role, by: "command line", entrance: invite ? "link" : "password" },
    });
    return {
      id: row.id,
      isNew: !before,
      inviteToken: invite?.token ?? null,
      roleBefore: before?.role ?? role,
    };
  });
}

const cleanSlate = { inviteHash: null, inviteExpiresAt: null, failedSignIns: 0, lockedUntil: null };
