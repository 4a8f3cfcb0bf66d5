"use server";

import { RedirectType, redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { findAddress } from "@/lib/addresses/find-address";
import { makeDefault } from "@/lib/addresses/make-default";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { AppError } from "@/lib/http/app-error";
import { problemText, toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import type { DeedState } from "../orders/deed/deed-state";
import { readAddressForm } from "./read-address-form";

/** From now on the checkout starts with it. One that is gone meanwhile is gone from the page too, which says so. */
export async function makeOwnDefault(_before: DeedState, form: FormData): Promise<DeedState> {
  const buyer = await findCurrentBuyer();
  const { id } = readAddressForm(form);
  try {
    const own = buyer && (await findAddress(shop(), { memberId: buyer.memberId, id }));
    if (!own) throw new AppError("not_found");
    await makeDefault(shop(), { memberId: buyer.memberId, addressId: own.id });
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "not_found") redirect("/addresses?way=gone", RedirectType.replace);
    return { message: problemText(await getLocale(), code) };
  }
  redirect("/addresses", RedirectType.replace);
}
