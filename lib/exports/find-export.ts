import { and, desc, eq, lt } from "drizzle-orm";
import { listExports } from "@/lib/db/schema/exports";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import type { Staff } from "@/lib/staff/find-staff";
import { isAllowed } from "@/lib/staff/rights";

const pageSize = 50;

export type ShownExport = typeof listExports.$inferSelect & { by: string };

/** Everybody sees their own; who manages the staff sees everybody's. */
type Reader = Pick<Staff, "id" | "role">;

export async function findExport(
  shop: Shop,
  of: { exportId: number; reader: Reader },
): Promise<ShownExport | null> {
  const [row] = await select(shop).where(and(eq(listExports.id, of.exportId), visibleTo(of.reader)));
  return row ? named(row) : null;
}

/** Newest first; `older` is where the next page begins. */
export async function listOwnExports(
  shop: Shop,
  of: { reader: Reader; before?: number },
): Promise<{ exports: ShownExport[]; older: number | null }> {
  const rows = await select(shop)
    .where(and(visibleTo(of.reader), of.before === undefined ? undefined : lt(listExports.id, of.before)))
    .orderBy(desc(listExports.id))
    .limit(pageSize + 1);
  const exports = rows.slice(0, pageSize).map(named);
  return { exports, older: rows.length > pageSize ? (exports.at(-1)?.id ?? null) : null };
}

function visibleTo(reader: Reader) {
  return isAllowed(reader.role, "staff.manage") ? undefined : eq(listExports.staffId, reader.id);
}

function select(shop: Shop) {
  return shop.db
    .select({ row: listExports, by: staff.name })
    .from(listExports)
    .innerJoin(staff, eq(staff.id, listExports.staffId))
    .$dynamic();
}

function named({ row, by }: { row: typeof listExports.$inferSelect; by: string }): ShownExport {
  return { ...row, by };
}
