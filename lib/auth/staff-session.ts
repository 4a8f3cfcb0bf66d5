import { cookies } from "next/headers";
import { shop } from "@/lib/shop";
import type { Staff } from "@/lib/staff/find-staff";
import { sessionCookie, writeToken } from "./staff-token";

/**
 * Signs this browser in, or in anew: the person has just proved who they are. Only in an action or a route: pages
 * cannot set cookies.
 */
export async function openStaffSession({ id, sessionVersion }: Staff): Promise<void> {
  const { environment, now } = shop();
  const { name, options } = sessionCookie(environment);
  const claims = { id, sessionVersion, confirmedAtMs: now().getTime() };
  (await cookies()).set(name, await writeToken(environment, claims), options);
}

/** Signs this browser out; the person's other browsers stay signed in. */
export async function closeStaffSession(): Promise<void> {
  const { name, options } = sessionCookie(shop().environment);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
