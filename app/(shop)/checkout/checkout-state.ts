import type { RecipientField } from "../addresses/recipient-state";

export type FormField = RecipientField | "note";

/** What came of a submitted form: what was typed stays, each wrong field says why. */
export type CheckoutState = {
  typed: Partial<Record<FormField, string>>;
  problems: Partial<Record<FormField, string>>;
  message: string | null;
  /** What is left, when that is the trouble. */
  available: number | null;
};

export const untouched: CheckoutState = { typed: {}, problems: {}, message: null, available: null };
