import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { clearTotp } from "./clear-totp";

/** For the only owner who lost phone and recovery codes: whoever sits at the server's own command line may do it. */
export function resetTotpAtConsole(
  shop: Shop,
  { email }: { email: string },
): Promise<"done" | "was_off" | "unknown"> {
  return shop.db.transaction(async (tx) => {
    const [account] = await tx.select().from(staff).where(eq(staff.email, email)).for("no key update");
    if (!account) return "unknown";
    if (account.totpSince === null) return "was_off";
    await clearTotp(tx, account.id, { endSessions: true });
    await writeEntry(tx, {
      ...{ staffId: null, at: shop.now() },
      action: "staff.turn_totp_off",
      subject: "staff",
      subjectId: account.id,
      after: { lost: true, by: "command line" },
    });
    return "done";
  });
}
