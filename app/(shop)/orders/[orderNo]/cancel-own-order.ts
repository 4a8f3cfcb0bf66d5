"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { AppError } from "@/lib/http/app-error";
import { cancelOrder } from "@/lib/orders/cancel-order";
import { shop } from "@/lib/shop";

/** The buyer cancels their own unpaid order; paid in the meantime, the page simply says so. */
export async function cancelOwnOrder(form: FormData): Promise<void> {
  const buyer = await findCurrentBuyer();
  const orderNo = String(form.get("orderNo"));
  if (!buyer) notFound();
  try {
    await cancelOrder(shop(), { orderNo, memberId: buyer.memberId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "not_found") notFound();
  }
  revalidatePath("/orders/[orderNo]", "page");
}
