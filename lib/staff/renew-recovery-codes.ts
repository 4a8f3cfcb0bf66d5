import type { Shop } from "@/lib/shop";
import type { Person } from "./person";
import { storeRecoveryCodes } from "./store-recovery-codes";
import { withSecondFactor } from "./with-second-factor";

/** Ten new recovery codes, told this once; the earlier ones are worth nothing. Errors as `withSecondFactor`. */
export function renewRecoveryCodes(shop: Shop, of: { code: string; by: Person }): Promise<string[]> {
  return withSecondFactor(shop, { ...of, action: "staff.renew_codes" }, (tx) =>
    storeRecoveryCodes(tx, of.by.staffId),
  );
}
