import { writeEntry } from "@/lib/audit/write-entry";
import { type StaffRole, staff } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { newInvite } from "./invite";
import type { Person } from "./person";
import { readEmail, readName } from "./read-account";

/**
 * A new account with a one-time link to choose its password, told this once. Without a name it is called what stands
 * before the @. `email_invalid`, `email_taken`, `malformed`.
 */
export async function inviteStaff(
  shop: Shop,
  of: { email: string; name: string; role: StaffRole; by: Person },
): Promise<{ id: number; inviteToken: string }> {
  const email = readEmail(of.email);
  if (!email) throw new AppError("email_invalid");
  const name = readName(of.name || (email.split("@")[0] ?? email).slice(0, 50));
  const { token, hash, expiresAt } = newInvite(shop.now());
  return shop.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(staff)
      .values({
        ...{
          email,
          name,
          role: of.role,
          inviteHash: hash,
          inviteExpiresAt: expiresAt,
          createdAt: shop.now(),
        },
      })
      .onConflictDoNothing({ target: staff.email })
      .returning({ id: staff.id });
    if (!row) throw new AppError("email_taken");
    await writeEntry(tx, {
      ...{ ...of.by, at: shop.now() },
      action: "staff.add",
      subject: "staff",
      subjectId: row.id,
      after: { role: of.role, entrance: "link" },
    });
    return { id: row.id, inviteToken: token };
  });
}
