import { cookies } from "next/headers";
import { renewSession } from "@/lib/members/renew-session";
import { memberCookie, sessionLifeMs } from "@/lib/members/session";
import { shop } from "@/lib/shop";

/** For a server action: this browser is known by `token` from now on. */
export async function setMemberCookie(token: string): Promise<void> {
  (await cookies()).set(memberCookie, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    maxAge: sessionLifeMs.cookie / 1000,
    secure: shop().environment.siteUrl.startsWith("https:"),
  });
}

/** The same for who is known already: as long as a new cookie lives. */
export async function renewMemberCookie(): Promise<void> {
  const token = (await cookies()).get(memberCookie)?.value;
  if (token && (await renewSession(shop(), token))) await setMemberCookie(token);
}
