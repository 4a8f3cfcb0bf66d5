"use server";

import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { addAddress } from "@/lib/addresses/add-address";
import { editAddress } from "@/lib/addresses/edit-address";
import { findAddress } from "@/lib/addresses/find-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import type { AppError } from "@/lib/http/app-error";
import { fieldText, problemText, toAppError } from "@/lib/http/problem";
import { parseRecipient } from "@/lib/orders/order-request";
import { shop } from "@/lib/shop";
import { becomeKnown } from "../become-known";
import type { AddressState } from "./address-state";
import { readAddressForm, type SentAddress } from "./read-address-form";
import { type RecipientField, recipientFields } from "./recipient-state";

/**
 * A new address of anybody's, who becomes a guest by it, or one of the buyer's own as it shall be; sent twice it is the
 * same. One that was removed while it was edited is a new one: what was typed is not lost.
 */
export async function saveOwnAddress(_before: AddressState, form: FormData): Promise<AddressState> {
  const buyer = await findCurrentBuyer();
  const sent = readAddressForm(form);
  let addressId: number;
  try {
    addressId = await save(sent, buyer);
  } catch (error) {
    return refusal(toAppError(error), sent);
  }
  redirect(sent.to === "/addresses" ? sent.to : `${sent.to}&address=${addressId}`);
}

async function save(sent: SentAddress, buyer: { memberId: number } | null): Promise<number> {
  const recipient = parseRecipient(sent.typed);
  const { memberId } = buyer ?? (await becomeKnown(sent.formKey));
  const wished = { memberId, recipient, isDefault: sent.isDefault };
  const own = await findAddress(shop(), { memberId, id: sent.id });
  if (own && (await editAddress(shop(), { ...wished, addressId: own.id }))) return own.id;
  return addAddress(shop(), wished);
}

async function refusal(error: AppError, sent: SentAddress): Promise<AddressState> {
  const locale = await getLocale();
  const problems: Partial<Record<RecipientField, string>> = {};
  for (const field of error.facts.errors ?? []) {
    const name = recipientFields.find((one) => field.path === `recipient.${one}`);
    if (name) problems[name] = fieldText(locale, field);
  }
  return {
    typed: sent.typed,
    isDefault: sent.isDefault,
    problems,
    message: Object.keys(problems).length ? null : problemText(locale, error.code),
  };
}
