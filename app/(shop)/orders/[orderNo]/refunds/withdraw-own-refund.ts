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
  if (!buyer) notFound();
  try {
    await withdrawRefund(shop(), { refundNo: String(form.get("refundNo")), memberId: buyer.memberId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "not_found") notFound();
  }
  revalidatePath("/orders/[orderNo]", "page");
}
