"use server";

import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import type { Recipient } from "@/lib/orders/recipient";
import { revealRecipient } from "@/lib/orders/reveal-recipient";
import { shop } from "@/lib/shop";
import { printHref, readPrintQuery } from "./print-query";

export type RevealedRecipients = Record<string, Recipient>;

/** Whom the printed orders go to, in full; that they were looked at is kept with each order. */
export async function revealRecipients(_: RevealedRecipients, form: FormData): Promise<RevealedRecipients> {
  const order = form.getAll("order").filter((value) => typeof value === "string");
  const query = readPrintQuery({ form: String(form.get("form")), order });
  const staff = await requireStaffOnPage("members.reveal", printHref(query.form, query.orderNos));

  const by = { staffId: staff.id, address: await requestAddress() };
  const revealed: RevealedRecipients = {};
  for (const orderNo of query.orderNos) {
    const recipient = await revealRecipient(shop(), { orderNo, ...by });
    if (recipient) revealed[orderNo] = recipient;
  }
  return revealed;
}
