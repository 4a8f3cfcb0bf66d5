"use server";

import { findCurrentBuyer } from "@/lib/auth/buyer";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import { shop } from "@/lib/shop";
import type { DeedState } from "../../deed/deed-state";
import { doOwnDeed } from "../../deed/do-own-deed";

/** The buyer takes back their own request; decided in the meantime, the page simply says so. */
export async function withdrawOwnRefund(_before: DeedState, form: FormData): Promise<DeedState> {
  return doOwnDeed(await findCurrentBuyer(), form.get("refundNo"), ({ number, memberId }) =>
    withdrawRefund(shop(), { refundNo: number, memberId }),
  );
}
