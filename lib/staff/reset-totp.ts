import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { clearTotp } from "./clear-totp";
import { managePerson } from "./manage-person";
import type { Person } from "./person";

/**
 * Takes the second factor off another person's account whose phone is lost, and ends its sessions: the phone may be in
 * other hands. The password alone opens it until they turn it on again. `own_account`, `totp_state`.
 */
export function resetTotp(shop: Shop, of: { staffId: number; by: Person }): Promise<void> {
  return managePerson(shop, of, async (tx, { person, isSelf }) => {
    if (isSelf) throw new AppError("own_account");
    if (person.totpSince === null) throw new AppError("totp_state");
    await clearTotp(tx, person.id, { endSessions: true });
    return { action: "staff.turn_totp_off", after: { lost: true } };
  });
}
