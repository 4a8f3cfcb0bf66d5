"use server";

import { findCurrentBuyer } from "@/lib/auth/buyer";
import { limitReminders } from "@/lib/orders/limit-reminders";
import { remindOrder } from "@/lib/orders/remind-order";
import { shop } from "@/lib/shop";
import type { DeedState } from "../../deed/deed-state";
import { doOwnDeed } from "../../deed/do-own-deed";

/** The buyer asks for their order to be shipped. */
export async function remindOwnOrder(_before: DeedState, form: FormData): Promise<DeedState> {
  return doOwnDeed(await findCurrentBuyer(), form.get("orderNo"), async ({ number, memberId }) => {
    await limitReminders(shop(), memberId);
    await remindOrder(shop(), { orderNo: number, memberId });
  });
}
