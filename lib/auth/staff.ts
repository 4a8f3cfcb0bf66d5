import { cookies, headers } from "next/headers";
import { cache } from "react";
import { AppError } from "@/lib/http/app-error";
import { clientAddress } from "@/lib/http/client-address";
import { shop } from "@/lib/shop";
import { findStaff, type Staff } from "@/lib/staff/find-staff";
import { refuseStaff } from "@/lib/staff/refuse-staff";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import { readToken, type SessionClaims, sessionCookie } from "./staff-token";

/** Who is signed in at the desk, by the row as it is now; null for everybody else. Once per request. */
export const currentStaff = cache(async (): Promise<Staff | null> => {
  const claims = await currentClaims();
  return claims && findStaff(shop().db, claims);
});

/** What this browser's session says, whether or not its account still takes it. */
export async function currentClaims(): Promise<SessionClaims | null> {
  const { environment } = shop();
  const token = (await cookies()).get(sessionCookie(environment).name)?.value;
  return token ? readToken(environment, token) : null;
}

/**
 * The first line of every route and verb that staff call: throws `unauthenticated` or `forbidden`, and keeps the latter
 * in the audit trail. Pages and their actions use `requireStaffOnPage`.
 */
export async function requireStaff(permission: Permission): Promise<Staff> {
  const staff = await currentStaff();
  if (!staff) throw new AppError("unauthenticated");
  if (isAllowed(staff.role, permission)) return staff;
  await refuseStaff(shop(), { staff, permission, address: await requestAddress() });
  throw new AppError("forbidden", { permission });
}

export async function requestAddress(): Promise<string> {
  return clientAddress(await headers(), shop().environment.trustedProxies);
}
