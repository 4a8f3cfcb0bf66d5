import { openGuest } from "@/lib/members/open-guest";
import type { Buyer } from "@/lib/members/session";
import { shop } from "@/lib/shop";
import { setMemberCookie } from "./member-cookie";

/** A stranger who sends a form is a guest from now on, by a cookie. `formKey` is the form's own random key. */
export async function becomeGuest(formKey: string): Promise<Buyer> {
  const { buyer, token } = await openGuest(shop(), formKey);
  await setMemberCookie(token);
  return buyer;
}
