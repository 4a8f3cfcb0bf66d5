"use server";

import { createHash } from "node:crypto";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { becomeGuest } from "@/lib/auth/become-guest";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { AppError } from "@/lib/http/app-error";
import { fieldText, problemText, toAppError } from "@/lib/http/problem";
import { createOrder } from "@/lib/orders/create-order";
import { findOrderById } from "@/lib/orders/find-order";
import { limitOrdersByAddress } from "@/lib/orders/limit-orders";
import { type OrderRequest, parseOrderRequest } from "@/lib/orders/order-request";
import { shop } from "@/lib/shop";
import { recipientFields } from "../addresses/recipient-state";
import { readQuantity } from "../read-quantity";
import type { CheckoutState, FormField } from "./checkout-state";

/** Anybody may order. The same verbs as `POST /api/orders`; a form sent twice makes one order. */
export async function placeOrder(_before: CheckoutState, form: FormData): Promise<CheckoutState> {
  let orderNo: string;
  try {
    orderNo = await take(form);
  } catch (error) {
    return refusal(toAppError(error), form);
  }
  redirect(`/orders/${orderNo}`);
}

async function take(form: FormData): Promise<string> {
  await limitOrdersByAddress(shop(), new Headers(await headers()));
  const formKey = text(form, "formKey");
  if (!/^[0-9a-f-]{36}$/.test(formKey)) throw new AppError("malformed");
  const request = parseOrderRequest({
    items: [{ sku: text(form, "sku"), quantity: readQuantity(text(form, "quantity")) }],
    recipient: form.has("name")
      ? Object.fromEntries(recipientFields.map((name) => [name, text(form, name)]))
      : null,
    note: text(form, "note"),
  });

  const buyer = (await findCurrentBuyer()) ?? (await becomeGuest(formKey));
  const created = await createOrder(shop(), { buyer, request, idempotencyKey: keyOf(formKey, request) });
  const order = await findOrderById(shop(), created);
  if (!order) throw new Error("an order was made that its buyer cannot read");
  return order.orderNo;
}

/** Changed and sent again, after going back, the same form is a new order. */
function keyOf(formKey: string, request: OrderRequest): string {
  return `form:${formKey}:${createHash("sha256").update(JSON.stringify(request)).digest("hex")}`;
}

async function refusal(error: AppError, form: FormData): Promise<CheckoutState> {
  const locale = await getLocale();
  const names: FormField[] = [...recipientFields, "note"];
  const wrong = (error.facts.errors ?? []).flatMap((field) => {
    const name = names.find((one) => one === field.path.replace(/^recipient\./, ""));
    return name ? [[name, fieldText(locale, field)] as const] : [];
  });
  return {
    typed: Object.fromEntries(names.map((name) => [name, text(form, name)])),
    problems: Object.fromEntries(wrong),
    message: wrong.length ? null : problemText(locale, error.code),
    available: typeof error.facts.available === "number" ? error.facts.available : null,
  };
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
