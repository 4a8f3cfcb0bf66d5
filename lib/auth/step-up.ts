import { cache } from "react";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { confirmPerson, type Proof } from "@/lib/staff/confirm-person";
import type { Staff } from "@/lib/staff/find-staff";
import { currentClaims, requestAddress } from "./staff";
import { openStaffSession } from "./staff-session";

/** Whether whoever sits at this browser must prove once more who they are before money leaves. Once per page. */
export const needsStepUp = cache(async (): Promise<boolean> => {
  const claims = await currentClaims();
  const { stepUpMinutes } = await readSettings(shop().db);
  return !claims || shop().now().getTime() - claims.confirmedAtMs >= stepUpMinutes * 60_000;
});

/**
 * The second line of every action by which money leaves or somebody comes to power over it, after the right itself. A
 * confirmation holds for `stepUpMinutes` in all tabs of this browser, whatever becomes of the deed; while it holds,
 * what was typed is not looked at. Throws as `confirmPerson`.
 */
export async function requireStepUp(staff: Staff, proof: Proof): Promise<void> {
  if (!(await needsStepUp())) return;
  const by = { staffId: staff.id, address: await requestAddress() };
  await confirmPerson(shop(), { by, proof });
  await openStaffSession(staff);
}
