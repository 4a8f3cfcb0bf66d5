"use server";

import { findCurrentBuyer } from "@/lib/auth/buyer";
import { receiveOrder } from "@/lib/orders/receive-order";
import { shop } from "@/lib/shop";
import type { DeedState } from "../../deed/deed-state";
import { doOwnDeed } from "../../deed/do-own-deed";

/** The buyer confirms that everything has come. */
export async function receiveOwnOrder(_before: DeedState, form: FormData): Promise<DeedState> {
  return doOwnDeed(await findCurrentBuyer(), form.get("orderNo"), ({ number, memberId }) =>
    receiveOrder(shop(), { orderNo: number, memberId }),
  );
}
