import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { shop } from "@/lib/shop";
import type { Staff } from "@/lib/staff/find-staff";

/**
 * Between the right password and the code: who may show one, in a cookie of five minutes that is no session. Its key is
 * derived with another salt than a session's, so that neither can stand for the other; a changed password raises
 * `sessionVersion`, and it is worth nothing.
 */
export type SecondStep = { id: number; sessionVersion: number };

const lifeS = 5 * 60;
const salt = "second-step";

function cookieOf(siteUrl: string) {
  const secure = siteUrl.startsWith("https:");
  return {
    name: `${secure ? "__Secure-" : ""}zg_second_step`,
    options: { httpOnly: true, sameSite: "lax", path: "/sign-in", secure, maxAge: lifeS },
  } as const;
}

/** Only in an action or a route: pages cannot set cookies. */
export async function openSecondStep({ id, sessionVersion }: Staff): Promise<void> {
  const { authSecret, siteUrl } = shop().environment;
  const { name, options } = cookieOf(siteUrl);
  const token = await encode({
    secret: authSecret,
    salt,
    token: { staffId: id, sessionVersion },
    maxAge: lifeS,
  });
  (await cookies()).set(name, token, options);
}

/** Null when no password was right in this browser within the last minutes. */
export async function readSecondStep(): Promise<SecondStep | null> {
  const { authSecret, siteUrl } = shop().environment;
  const token = (await cookies()).get(cookieOf(siteUrl).name)?.value;
  if (!token) return null;
  try {
    const { staffId, sessionVersion } = (await decode({ secret: authSecret, salt, token })) ?? {};
    if (typeof staffId !== "number" || typeof sessionVersion !== "number") return null;
    return { id: staffId, sessionVersion };
  } catch {
    return null; // An old secret, or somebody's guess.
  }
}

export async function closeSecondStep(): Promise<void> {
  const { name, options } = cookieOf(shop().environment.siteUrl);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
