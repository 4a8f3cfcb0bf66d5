import { and, desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { auditEntries } from "@/lib/db/schema/audit";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";

export type AccountEvent = { id: number; at: Date; action: string; by: string | null };

/** What was done to an account, newest first; `by` is null for the machine's own command line, and for a lock-out. */
export async function readAccountHistory({ db }: Shop, staffId: number): Promise<AccountEvent[]> {
  const person = alias(staff, "person");
  return db
    .select({ id: auditEntries.id, at: auditEntries.at, action: auditEntries.action, by: person.name })
    .from(auditEntries)
    .leftJoin(person, eq(person.id, auditEntries.staffId))
    .where(and(eq(auditEntries.subject, "staff"), eq(auditEntries.subjectId, String(staffId))))
    .orderBy(desc(auditEntries.id))
    .limit(20);
}
