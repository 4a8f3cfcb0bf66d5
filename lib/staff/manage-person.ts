import { asc, eq, inArray, or } from "drizzle-orm";
import { type AuditEntry, writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { StaffRow } from "./charge-attempt";
import type { Person } from "./person";
import { isAllowed } from "./rights";

type Managed = {
  person: StaffRow;
  /** Whoever acts is this person. */
  isSelf: boolean;
  /** No other owner could sign in without this one. */
  isLastOwner: boolean;
};
type Deed = Pick<AuditEntry, "action" | "before" | "after">;

/**
 * What everything that an owner does to an account has in common: locks, the check that the owner still is one, the
 * deed and its audit entry, in one transaction. All owners' rows are locked in one order, so that of two who demote each
 * other at once the second one sees what the first has done. A deed that returns null has changed nothing.
 */
export async function managePerson(
  shop: Shop,
  of: { staffId: number; by: Person },
  deed: (tx: Tx, managed: Managed) => Promise<Deed | null>,
): Promise<void> {
  const { staffId, by } = of;
  await shop.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(staff)
      .where(or(inArray(staff.id, [staffId, by.staffId]), eq(staff.role, "owner")))
      .orderBy(asc(staff.id))
      .for("no key update");
    const actor = rows.find((row) => row.id === by.staffId);
    if (!actor || actor.disabledAt || !isAllowed(actor.role, "staff.manage")) throw new AppError("forbidden");
    const person = rows.find((row) => row.id === staffId);
    if (!person) throw new AppError("not_found");
    const isLastOwner =
      isOwnerWhoCanSignIn(person) && !rows.some((row) => row.id !== staffId && isOwnerWhoCanSignIn(row));
    const done = await deed(tx, { person, isSelf: staffId === by.staffId, isLastOwner });
    if (done)
      await writeEntry(tx, {
        ...{ ...by, ...done, at: shop.now() },
        subject: "staff",
        subjectId: staffId,
      });
  });
}

/** Taking an account's power away: never the last owner's, and nobody's own. */
export function refuseLastAndOwn({ isSelf, isLastOwner }: Managed): void {
  if (isLastOwner) throw new AppError("last_owner");
  if (isSelf) throw new AppError("own_account");
}

function isOwnerWhoCanSignIn(row: StaffRow): boolean {
  return row.role === "owner" && row.passwordHash !== null && row.disabledAt === null;
}
