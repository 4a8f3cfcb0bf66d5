import { asc, desc, eq, or } from "drizzle-orm";
import type { Db } from "@/lib/db/connect";
import { staff } from "@/lib/db/schema/staff";
import { savedViews } from "@/lib/db/schema/views";

export type SavedView = {
  id: number;
  name: string;
  query: string;
  isShared: boolean;
  isOwn: boolean;
  /** Who keeps it. */
  person: string;
};

const mostListed = 200;

/** A person's own views and those that others share: the own ones first, each by name. */
export async function listViews(db: Db, staffId: number): Promise<SavedView[]> {
  const { id, name, query, isShared } = savedViews;
  const rows = await db
    .select({ id, name, query, isShared, staffId: savedViews.staffId, person: staff.name })
    .from(savedViews)
    .innerJoin(staff, eq(staff.id, savedViews.staffId))
    .where(or(eq(savedViews.staffId, staffId), eq(isShared, true)))
    .orderBy(desc(eq(savedViews.staffId, staffId)), asc(name), asc(id))
    .limit(mostListed);
  return rows.map(({ staffId: keeper, ...view }) => ({ ...view, isOwn: keeper === staffId }));
}
