"use server";

import { findCurrentBuyer } from "@/lib/auth/buyer";
import { limitReminders } from "@/lib/orders/limit-reminders";
import { remindOrder } from "@/lib/orders/remind-order";
import { shop } from "@/lib/shop";
import type { DeedState } from "./deed-state";
import { doOwnDeed } from "./do-own-deed";

/** The buyer asks for their order to be shipped. */
export async function remindOwnOrder(_before: DeedState, form: FormData): Promise<DeedState> {
  return doOwnDeed(await findCurrentBuyer(), form, async (of) => {
    await limitReminders(shop(), of.memberId);
    await remindOrder(shop(), of);
  });
}
