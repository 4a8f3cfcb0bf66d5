"use server";

import { revalidatePath } from "next/cache";
import { findAddress } from "@/lib/addresses/find-address";
import { makeDefault } from "@/lib/addresses/make-default";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { shop } from "@/lib/shop";
import { readAddressForm } from "./read-address-form";

/** From now on the checkout starts with it. One that is gone meanwhile is gone from the page too. */
export async function makeOwnDefault(form: FormData): Promise<void> {
  const buyer = await findCurrentBuyer();
  const { id } = readAddressForm(form);
  const own = buyer && (await findAddress(shop(), { memberId: buyer.memberId, id }));
  if (own) await makeDefault(shop(), { memberId: buyer.memberId, addressId: own.id });
  revalidatePath("/addresses");
}
