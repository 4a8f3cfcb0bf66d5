import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { staff, staffRecoveryCodes } from "@/lib/db/schema/staff";

/** The account as it was without a second factor. The caller has locked its row, and keeps the audit entry. */
export async function clearTotp(tx: Tx, staffId: number, of: { endSessions: boolean }): Promise<void> {
  await tx.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.staffId, staffId));
  await tx
    .update(staff)
    .set({
      ...{ totpSealed: null, totpSince: null, totpLastStep: null },
      ...(of.endSessions && { sessionVersion: sql`${staff.sessionVersion} + 1` }),
    })
    .where(eq(staff.id, staffId));
}
