import { writeEntry } from "@/lib/audit/write-entry";
import type { Shop } from "@/lib/shop";
import type { Staff } from "./find-staff";
import type { Permission } from "./rights";

/** Keeps that somebody tried what their role does not allow. */
export function refuseStaff(
  shop: Shop,
  { staff, permission, address }: { staff: Staff; permission: Permission; address: string },
): Promise<void> {
  return writeEntry(shop.db, {
    staffId: staff.id,
    action: "staff.refused",
    subject: "permission",
    subjectId: permission,
    address,
    at: shop.now(),
    after: { role: staff.role },
  });
}
