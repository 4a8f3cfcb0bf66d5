import { eq } from "drizzle-orm";
import { type AuditAction, writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { members } from "@/lib/db/schema/members";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

export type MemberRow = typeof members.$inferSelect;

type Deed = { action: AuditAction; before?: Record<string, unknown>; after?: Record<string, unknown> };

/**
 * What everything that staff do to a member has in common: lock, deed and audit entry in one transaction. A deed that
 * answers null found nothing to do and leaves no entry; then, and only then, this is false. `not_found`,
 * `member_erased`.
 */
export function changeMember(
  shop: Shop,
  of: { memberId: number; by: Person },
  deed: (tx: Tx, member: MemberRow) => Promise<Deed | null>,
): Promise<boolean> {
  return shop.db.transaction(async (tx) => {
    // As strong as a sign-in's lock, which may be taking this very guest's orders along.
    const [member] = await tx.select().from(members).where(eq(members.id, of.memberId)).for("update");
    if (!member) throw new AppError("not_found");
    if (member.erasedAt) throw new AppError("member_erased");
    const done = await deed(tx, member);
    if (!done) return false;
    await writeEntry(tx, { ...of.by, ...done, subject: "member", subjectId: member.id, at: shop.now() });
    return true;
  });
}
