"use server";

import { redirect } from "next/navigation";
import { findAddress } from "@/lib/addresses/find-address";
import { removeAddress } from "@/lib/addresses/remove-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { shop } from "@/lib/shop";
import { readAddressForm } from "./read-address-form";

/** One of the buyer's own addresses leaves the book. Gone already, it is as it was wanted. */
export async function removeOwnAddress(form: FormData): Promise<void> {
  const buyer = await findCurrentBuyer();
  const { id, to } = readAddressForm(form);
  const own = buyer && (await findAddress(shop(), { memberId: buyer.memberId, id }));
  if (own) await removeAddress(shop(), { memberId: buyer.memberId, addressId: own.id });
  redirect(to);
}
