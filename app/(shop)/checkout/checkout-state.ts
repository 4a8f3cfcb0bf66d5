import type { Quote } from "@/lib/orders/quote-orders";
import { type RecipientField, recipientFields } from "../addresses/recipient-state";

export type FormField = RecipientField | "note";
export const typedFields: FormField[] = [...recipientFields, "note"];

/** What the buyer had been shown where it is another amount by now: the total, and the price of one piece by sku. */
export type Shown = { totalFen: number | null; pricesFen: Record<string, number> };

/** What came of a submitted form: what was typed and chosen stays, each wrong field and line says why. */
export type CheckoutState = {
  typed: Partial<Record<FormField, string>>;
  /** The saved address that was chosen, or "new"; null before anything was sent. */
  addressId: string | null;
  isKept: boolean;
  problems: Partial<Record<FormField | "addressId", string>>;
  message: string | null;
  /** Where the buyer can do something about it. */
  way: "orders" | null;
  /** As everything stands now; null while it is as the page showed it. */
  quote: Quote | null;
  shown: Shown | null;
};

export const untouched: CheckoutState = {
  typed: {},
  addressId: null,
  isKept: true,
  problems: {},
  message: null,
  way: null,
  quote: null,
  shown: null,
};
