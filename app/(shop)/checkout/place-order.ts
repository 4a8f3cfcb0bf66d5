"use server";

import { createHash } from "node:crypto";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { findAddress } from "@/lib/addresses/find-address";
import { becomeGuest } from "@/lib/auth/become-guest";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { renewMemberCookie } from "@/lib/auth/member-cookie";
import { AppError } from "@/lib/http/app-error";
import { problemText, toAppError } from "@/lib/http/problem";
import type { Buyer } from "@/lib/members/session";
import { findOrderById } from "@/lib/orders/find-order";
import { limitOrdersByAddress } from "@/lib/orders/limit-orders";
import { type OrderRequest, parseOrderRequest } from "@/lib/orders/order-request";
import { placeOrders } from "@/lib/orders/place-orders";
import { shop } from "@/lib/shop";
import { recipientFields } from "../addresses/recipient-state";
import { type CheckoutState, untouched } from "./checkout-state";
import { isSettling, readCheckout, type SentCheckout } from "./read-checkout";
import { quoteAgain, refuse } from "./refuse";

/**
 * Anybody may order. The same verbs as `POST /api/orders`; a form sent twice orders once. A button of a line orders
 * nothing: the form comes back as it was typed, without that line or with what is left of it.
 */
export async function placeOrder(_before: CheckoutState, form: FormData): Promise<CheckoutState> {
  const buyer = await findCurrentBuyer();
  const sent = readSent(form);
  if ("message" in sent) return { ...untouched, message: problemText(await getLocale(), sent.message) };
  if (isSettling(form)) return quoteAgain(sent, buyer);
  let orderNo: string;
  try {
    orderNo = await take(sent, buyer);
  } catch (error) {
    return refuse(toAppError(error), sent, buyer);
  }
  if (buyer) await renewMemberCookie(); // The order is looked for long after the first visit.
  revalidatePath("/", "layout"); // What the cart holds stands in the frame.
  redirect(`/orders/${orderNo}`);
}

/** A form that is none of ours is refused in words as well. */
function readSent(form: FormData): SentCheckout | { message: AppError["code"] } {
  try {
    return readCheckout(form);
  } catch (error) {
    return { message: toAppError(error).code };
  }
}

/** The number of the order that is to be paid first. */
async function take(sent: SentCheckout, known: Buyer | null): Promise<string> {
  await limitOrdersByAddress(shop(), new Headers(await headers()));
  const request = parseOrderRequest({
    items: sent.items,
    note: sent.typed.note,
    expectedTotalFen: sent.shown.totalFen,
  });
  const buyer = known ?? (await becomeGuest(sent.formKey));
  const to = await readRecipient(sent, buyer);
  const whole = { ...request, recipient: to.recipient };
  const placed = await placeOrders(shop(), {
    buyer,
    request: whole,
    idempotencyKey: keyOf(sent.formKey, whole),
    mixed: "split",
    from: sent.isFromCart ? "cart" : undefined,
    address: to.address,
  });
  const order = await findOrderById(shop(), { orderId: placed.orderIds[0], memberId: placed.memberId });
  if (!order) throw new Error("an order was made that its buyer cannot read");
  return order.orderNo;
}

async function readRecipient(sent: SentCheckout, buyer: Buyer) {
  if (sent.addressId === null) return { recipient: null, address: undefined }; // Nothing is sent.
  if (sent.addressId === "new")
    return {
      recipient: Object.fromEntries(recipientFields.map((name) => [name, sent.typed[name]])),
      address: sent.isKept ? ("keep" as const) : undefined,
    };
  const saved = await findAddress(shop(), { memberId: buyer.memberId, id: sent.addressId });
  if (!saved)
    throw new AppError("recipient_invalid", { errors: [{ path: "addressId", code: "addressGone" }] });
  const { id, isDefault: _, ...recipient } = saved;
  return { recipient, address: { used: id } };
}

/** Changed and sent again, after going back, the same form is a new order. Hashed: a form's key opens a guest's session. */
function keyOf(formKey: string, request: OrderRequest): string {
  return `form:${createHash("sha256")
    .update(JSON.stringify([formKey, request]))
    .digest("hex")}`;
}
