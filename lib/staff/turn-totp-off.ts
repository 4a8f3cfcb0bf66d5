import type { Shop } from "@/lib/shop";
import { clearTotp } from "./clear-totp";
import type { Person } from "./person";
import { withSecondFactor } from "./with-second-factor";

/** The password alone opens the account again. Errors as `withSecondFactor`. */
export function turnTotpOff(shop: Shop, of: { code: string; by: Person }): Promise<void> {
  return withSecondFactor(shop, { ...of, action: "staff.turn_totp_off" }, (tx) =>
    clearTotp(tx, of.by.staffId, { endSessions: false }),
  );
}
