import { cookies } from "next/headers";
import { shop } from "@/lib/shop";
import type { Staff } from "@/lib/staff/find-staff";
import { currentClaims } from "./staff";
import { type SessionClaims, sessionCookie, writeToken } from "./staff-token";

/**
 * Signs this browser in, or in anew: the person has just proved who they are. Only in an action or a route: pages
 * cannot set cookies.
 */
export async function openStaffSession({ id, sessionVersion }: Staff): Promise<void> {
  await setSession({ id, sessionVersion, confirmedAtMs: shop().now().getTime() });
}

/** After a new password, for which the old one was asked: that proves who sits there only where no code would. */
export function renewStaffSession(staff: Staff): Promise<void> {
  return staff.hasTotp ? keepStaffSession(staff) : openStaffSession(staff);
}

/** Keeps this browser signed in when all sessions of its person end; who sits there was not proved again. */
export async function keepStaffSession({ id, sessionVersion }: Staff): Promise<void> {
  const confirmedAtMs = (await currentClaims())?.confirmedAtMs ?? 0;
  await setSession({ id, sessionVersion, confirmedAtMs });
}

async function setSession(claims: SessionClaims): Promise<void> {
  const { environment } = shop();
  const { name, options } = sessionCookie(environment);
  (await cookies()).set(name, await writeToken(environment, claims), options);
}

/** Signs this browser out; the person's other browsers stay signed in. */
export async function closeStaffSession(): Promise<void> {
  const { name, options } = sessionCookie(shop().environment);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
