import { eq, sql } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { managePerson } from "./manage-person";
import type { Person } from "./person";

/** Signs a person out of every browser; they may sign in again. */
export function endSessions(shop: Shop, of: { staffId: number; by: Person }): Promise<void> {
  return managePerson(shop, of, async (tx, { person }) => {
    await tx
      .update(staff)
      .set({ sessionVersion: sql`${staff.sessionVersion} + 1` })
      .where(eq(staff.id, person.id));
    return { action: "staff.end_sessions" };
  });
}
