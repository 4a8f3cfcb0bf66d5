import { AppError } from "@/lib/http/app-error";
import { recipientFields } from "../addresses/recipient-state";
import { readQuantity } from "../read-quantity";
import type { FormField, Shown } from "./checkout-state";

export const typedFields: FormField[] = [...recipientFields, "note"];

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
  const skus = texts(form, "sku");
  const quantities = texts(form, "quantity").map(readQuantity);
  const prices = texts(form, "priceFen").map(Number);
  const formKey = text(form, "formKey");
  if (!/^[0-9a-f-]{36}$/.test(formKey) || skus.length > 50) throw new AppError("malformed");
  const items = skus.map((sku, n) => {
    const quantity = quantities[n];
    if (!quantity) throw new AppError("malformed", { errors: [{ path: "quantity", code: "quantity" }] });
    return { sku, quantity };
  });
  const addressId = text(form, "addressId");
  return {
    formKey,
    isFromCart: text(form, "from") === "cart",
    items: afterButton(items, form),
    shown: {
      totalFen: amount(Number(text(form, "totalFen"))),
      pricesFen: Object.fromEntries(
        skus.flatMap((sku, n) => (amount(prices[n]) ? [[sku, prices[n] ?? 0]] : [])),
      ),
    },
    typed: Object.fromEntries(typedFields.map((name) => [name, text(form, name)])) as Record<
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
  const dropped = text(form, "drop");
  const [, left = "", taken] = /^([1-9]\d{0,3}) (.+)$/s.exec(text(form, "take")) ?? [];
  return items
    .filter(({ sku }) => sku !== dropped)
    .map((item) =>
      item.sku === taken ? { ...item, quantity: Math.min(Number(left), item.quantity) } : item,
    );
}

function amount(fen: number | undefined): number | null {
  return fen !== undefined && Number.isSafeInteger(fen) && fen > 0 ? fen : null;
}

function texts(form: FormData, name: string): string[] {
  return form.getAll(name).map(plain);
}

function text(form: FormData, name: string): string {
  return plain(form.get(name));
}

/** Without what PostgreSQL cannot hold. */
function plain(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : "";
}
