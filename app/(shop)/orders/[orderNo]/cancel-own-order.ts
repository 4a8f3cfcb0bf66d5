"use server";

import { findCurrentBuyer } from "@/lib/auth/buyer";
import { cancelOrder } from "@/lib/orders/cancel-order";
import { shop } from "@/lib/shop";
import type { DeedState } from "../deed/deed-state";
import { doOwnDeed } from "../deed/do-own-deed";

/** The buyer cancels their own unpaid order; paid in the meantime, the page simply says so. */
export async function cancelOwnOrder(_before: DeedState, form: FormData): Promise<DeedState> {
  return doOwnDeed(await findCurrentBuyer(), form.get("orderNo"), ({ number, memberId }) =>
    cancelOrder(shop(), { orderNo: number, memberId }),
  );
}
