import { cookies } from "next/headers";
import { openGuest } from "@/lib/members/open-guest";
import { type Buyer, memberCookie, sessionLifeMs } from "@/lib/members/session";
import { shop } from "@/lib/shop";

/** A stranger who sends a form is a guest from now on, by a cookie. `formKey` is the form's own random key. */
export async function becomeGuest(formKey: string): Promise<Buyer> {
  const { buyer, token } = await openGuest(shop(), formKey);
  (await cookies()).set(memberCookie, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    maxAge: sessionLifeMs.cookie / 1000,
    secure: shop().environment.siteUrl.startsWith("https:"),
  });
  return buyer;
}
