import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { presentStaff, type Staff } from "./find-staff";

/** The end of every sign-in: failures are forgiven, and the audit trail says by which factors. */
export async function admit(
  tx: Tx,
  shop: Shop,
  of: { id: number; address: string; by: "password" | "code" | "recovery_code" },
): Promise<Staff> {
  const [row] = await tx
    .update(staff)
    .set({ failedSignIns: 0, lockedUntil: null, lastSignInAt: shop.now() })
    .where(eq(staff.id, of.id))
    .returning();
  if (!row) throw new Error("a staff account is gone: they are disabled, never deleted");
  await writeEntry(tx, {
    staffId: of.id,
    action: "staff.sign_in",
    subject: "staff",
    subjectId: of.id,
    address: of.address,
    at: shop.now(),
    ...(of.by !== "password" && { after: { secondFactor: of.by } }),
  });
  return presentStaff(row);
}
