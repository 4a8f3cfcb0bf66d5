import { readCookie } from "@/lib/http/locale";
import type { Shop } from "@/lib/shop";
import { findStaff, type Staff } from "@/lib/staff/find-staff";
import { readToken, sessionCookie } from "./staff-token";

/** Who of the staff calls a route that others call too; null for everybody else. */
export async function findStaffOfRequest(shop: Shop, request: Request): Promise<Staff | null> {
  const token = readCookie(request, sessionCookie(shop.environment).name);
  const claims = token ? await readToken(shop.environment, token) : null;
  return claims && findStaff(shop.db, claims);
}
