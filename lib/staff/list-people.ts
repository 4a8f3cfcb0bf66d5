import { asc, desc, isNull } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";

/** Who works here now and can be given something to do, by name. A shop has a handful; the limit is a limit. */
export async function listPeople({ db }: Shop): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(isNull(staff.disabledAt))
    .orderBy(asc(staff.name), asc(staff.id))
    .limit(200);
}

/** Whoever works here or did: deeds outlive an account. Who works here now comes first. */
export async function listEverybody({ db }: Shop): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .orderBy(desc(isNull(staff.disabledAt)), asc(staff.name), asc(staff.id))
    .limit(500);
}
