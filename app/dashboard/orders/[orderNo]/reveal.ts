"use server";

import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import type { Recipient } from "@/lib/orders/recipient";
import { revealRecipient } from "@/lib/orders/reveal-recipient";
import { shop } from "@/lib/shop";

export type Revealed = Recipient | "masked" | "not_there";

export async function reveal(_: Revealed, form: FormData): Promise<Revealed> {
  const orderNo = String(form.get("orderNo") ?? "").slice(0, 64);
  const staff = await requireStaffOnPage(
    "members.reveal",
    `/dashboard/orders/${encodeURIComponent(orderNo)}`,
  );
  const by = { orderNo, staffId: staff.id, address: await requestAddress() };
  return (await revealRecipient(shop(), by)) ?? "not_there";
}
