import { asc, eq } from "drizzle-orm";
import { type StaffRole, staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import type { StaffRow } from "./charge-attempt";

/** Whether an account can be used: `link_over` was invited and did not come in time. */
export type AccountStanding = "active" | "invited" | "link_over" | "locked" | "disabled";

export type ListedStaff = {
  id: number;
  name: string;
  email: string;
  role: StaffRole;
  standing: AccountStanding;
  hasTotp: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  lockedUntil: Date | null;
  /** Until when an unused one-time link works. */
  linkUntil: Date | null;
};

/** Everybody who has or had an account, those who left at the end. A shop has a handful; the limit is a limit. */
export async function listStaff(shop: Shop): Promise<ListedStaff[]> {
  const rows = await shop.db.select().from(staff).orderBy(asc(staff.name), asc(staff.id)).limit(500);
  const people = rows.map((row) => present(row, shop.now()));
  const isOut = (one: ListedStaff) => Number(one.standing === "disabled");
  return people.sort((a, b) => isOut(a) - isOut(b));
}

export async function findAccount(shop: Shop, id: number): Promise<ListedStaff | null> {
  const [row] = await shop.db.select().from(staff).where(eq(staff.id, id));
  return row ? present(row, shop.now()) : null;
}

function present(row: StaffRow, now: Date): ListedStaff {
  const { id, name, email, role, createdAt, lastSignInAt } = row;
  const linkUntil =
    row.inviteHash && row.inviteExpiresAt && row.inviteExpiresAt > now ? row.inviteExpiresAt : null;
  const lockedUntil = row.lockedUntil && row.lockedUntil > now ? row.lockedUntil : null;
  return {
    ...{ id, name, email, role, createdAt, lastSignInAt, lockedUntil, linkUntil },
    standing: standingOf(row, { lockedUntil, linkUntil }),
    hasTotp: row.totpSince !== null,
  };
}

function standingOf(
  row: StaffRow,
  { lockedUntil, linkUntil }: Pick<ListedStaff, "lockedUntil" | "linkUntil">,
): AccountStanding {
  if (row.disabledAt) return "disabled";
  if (row.passwordHash === null) return linkUntil ? "invited" : "link_over";
  return lockedUntil ? "locked" : "active";
}
