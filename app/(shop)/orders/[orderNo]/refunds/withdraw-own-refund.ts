"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { AppError } from "@/lib/http/app-error";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import { shop } from "@/lib/shop";

/** The buyer takes back their own request; decided in the meantime, the page simply says so. */
export async function withdrawOwnRefund(form: FormData): Promise<void> {
  const buyer = await findCurrentBuyer();
  const refundNo = String(form.get("refundNo"));
  if (!buyer || !/^\w{1,64}$/.test(refundNo)) notFound();
  try {
    await withdrawRefund(shop(), { refundNo, memberId: buyer.memberId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "not_found") notFound();
  }
  revalidatePath("/orders/[orderNo]", "page");
}
