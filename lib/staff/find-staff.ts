import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/lib/db/connect";
import { type StaffRole, staff } from "@/lib/db/schema/staff";

/** Somebody who is signed in; the role is the row's, read at this request. */
export type Staff = {
  id: number;
  email: string;
  name: string;
  role: StaffRole;
  sessionVersion: number;
  /** Whether the second factor is on. */
  hasTotp: boolean;
};

/** The person of a session, unless the account was disabled or its sessions were ended since. */
export async function findStaff(db: Db, of: { id: number; sessionVersion: number }): Promise<Staff | null> {
  const [row] = await db
    .select()
    .from(staff)
    .where(and(eq(staff.id, of.id), eq(staff.sessionVersion, of.sessionVersion), isNull(staff.disabledAt)));
  return row ? presentStaff(row) : null;
}

export function presentStaff(row: typeof staff.$inferSelect): Staff {
  const { id, email, name, role, sessionVersion } = row;
  return { id, email, name, role, sessionVersion, hasTotp: row.totpSince !== null };
}
