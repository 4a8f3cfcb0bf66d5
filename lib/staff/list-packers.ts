import { and, asc, inArray, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import { staff, staffRoles } from "@/lib/db/schema/staff";
import { isAllowed } from "./rights";

export type Packer = { id: number; name: string };

/** Who of the staff may ship, and so can be given an order to pack. */
export async function listPackers(db: Db | Tx): Promise<Packer[]> {
  const roles = staffRoles.filter((role) => isAllowed(role, "orders.ship"));
  return db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(and(inArray(staff.role, roles), isNull(staff.disabledAt)))
    .orderBy(asc(staff.name), asc(staff.id));
}
