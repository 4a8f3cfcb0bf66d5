import { headers } from "next/headers";
import { becomeGuest } from "@/lib/auth/become-guest";
import { limitGuestsByAddress } from "@/lib/members/limit-guests";
import type { Buyer } from "@/lib/members/session";
import { shop } from "@/lib/shop";
import { requireFormKey } from "./form-key";

/** A stranger who fills a cart or an address book becomes a guest; only so many a minute and address. */
export async function becomeKnown(formKey: string): Promise<Buyer> {
  const key = requireFormKey(formKey);
  await limitGuestsByAddress(shop(), new Headers(await headers()));
  return becomeGuest(key);
}
