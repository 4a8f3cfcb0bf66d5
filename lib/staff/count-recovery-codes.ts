import { and, count, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { staffRecoveryCodes } from "@/lib/db/schema/staff";

/** How many of a person's recovery codes were not used yet. */
export async function countRecoveryCodes(db: Db | Tx, staffId: number): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(staffRecoveryCodes)
    .where(and(eq(staffRecoveryCodes.staffId, staffId), isNull(staffRecoveryCodes.usedAt)));
  return row?.left ?? 0;
}
