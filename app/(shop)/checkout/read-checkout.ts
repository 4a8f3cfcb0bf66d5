import { AppError } from "@/lib/http/app-error";
import { mostLines } from "@/lib/orders/order-limits";
import { requireFormKey } from "../form-key";
import { formText, formTexts } from "../form-text";
import { readFen } from "../read-fen";
import { readQuantity } from "../read-quantity";
import { type FormField, type Shown, typedFields } from "./checkout-state";

export type SentCheckout = {
  formKey: string;
  isFromCart: boolean;
  items: { sku: string; quantity: number }[];
  shown: Shown;
  typed: Record<FormField, string>;
  addressId: string | null;
  isKept: boolean;
};

/** The checkout form as it was sent, after what a button of one of its lines asked for. `malformed` when it is no form of ours. */
export function readCheckout(form: FormData): SentCheckout {
  const skus = formTexts(form, "sku");
  const quantities = formTexts(form, "quantity").map(readQuantity);
  const prices = formTexts(form, "priceFen").map(readFen);
  const formKey = requireFormKey(formText(form, "formKey"));
  if (skus.length > mostLines) throw new AppError("malformed");
  const items = skus.map((sku, n) => {
    const quantity = quantities[n];
    if (!quantity) throw new AppError("malformed", { errors: [{ path: "quantity", code: "quantity" }] });
    return { sku, quantity };
  });
  const addressId = formText(form, "addressId");
  return {
    formKey,
    isFromCart: formText(form, "from") === "cart",
    items: afterButton(items, form),
    shown: {
      totalFen: readFen(formText(form, "totalFen")),
      pricesFen: Object.fromEntries(skus.flatMap((sku, n) => (prices[n] ? [[sku, prices[n]]] : []))),
    },
    typed: Object.fromEntries(typedFields.map((name) => [name, formText(form, name)])) as Record<
      FormField,
      string
    >,
    addressId: /^(new|\d{1,16})$/.test(addressId) ? addressId : null,
    isKept: form.has("keep"),
  };
}

/** Whether it was sent by a button of a line, which goes on without it or with what is left of it. */
export function isSettling(form: FormData): boolean {
  return form.has("drop") || form.has("take");
}

function afterButton(items: { sku: string; quantity: number }[], form: FormData) {
  const dropped = formText(form, "drop");
  const [, left = "", taken] = /^([1-9]\d{0,3}) (.+)$/s.exec(formText(form, "take")) ?? [];
  return items
    .filter(({ sku }) => sku !== dropped)
    .map((item) =>
      item.sku === taken ? { ...item, quantity: Math.min(Number(left), item.quantity) } : item,
    );
}
