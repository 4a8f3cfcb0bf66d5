import { eq } from "drizzle-orm";
import { staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { newInvite } from "./invite";
import { managePerson } from "./manage-person";
import type { Person } from "./person";

/**
 * A new one-time link in place of any earlier one: for who never used theirs, or forgot the password. The old password
 * holds until it is used. `account_disabled`.
 */
export async function renewInvite(
  shop: Shop,
  of: { staffId: number; by: Person },
): Promise<{ inviteToken: string }> {
  const { token, hash, expiresAt } = newInvite(shop.now());
  await managePerson(shop, of, async (tx, { person }) => {
    if (person.disabledAt) throw new AppError("account_disabled");
    await tx
      .update(staff)
      .set({ inviteHash: hash, inviteExpiresAt: expiresAt })
      .where(eq(staff.id, person.id));
    return { action: "staff.invite" };
  });
  return { inviteToken: token };
}
