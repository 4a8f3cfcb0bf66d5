"use server";

import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { findAddress } from "@/lib/addresses/find-address";
import { removeAddress } from "@/lib/addresses/remove-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { problemText, toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import type { DeedState } from "../orders/deed/deed-state";
import { readAddressForm } from "./read-address-form";

/** One of the buyer's own addresses leaves the book. Gone already, it is as it was wanted. */
export async function removeOwnAddress(_before: DeedState, form: FormData): Promise<DeedState> {
  const buyer = await findCurrentBuyer();
  const { id, to } = readAddressForm(form);
  try {
    const own = buyer && (await findAddress(shop(), { memberId: buyer.memberId, id }));
    if (own) await removeAddress(shop(), { memberId: buyer.memberId, addressId: own.id });
  } catch (error) {
    return { message: problemText(await getLocale(), toAppError(error).code) };
  }
  redirect(to);
}
