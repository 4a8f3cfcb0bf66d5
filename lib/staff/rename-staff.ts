import { eq } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { managePerson } from "./manage-person";
import type { Person } from "./person";
import { readName } from "./read-account";

/** What colleagues call a person. The trail says that it changed, not how: names are personal data. */
export async function renameStaff(
  shop: Shop,
  of: { staffId: number; name: string; by: Person },
): Promise<void> {
  const name = readName(of.name);
  await managePerson(shop, of, async (tx, { person }) => {
    if (person.name === name) return null;
    await tx.update(staff).set({ name }).where(eq(staff.id, person.id));
    return { action: "staff.rename" };
  });
}
