import { formText } from "../form-text";
import { type RecipientField, recipientFields } from "./recipient-state";

export type SentAddress = {
  id: string | null;
  formKey: string;
  typed: Record<RecipientField, string>;
  isDefault: boolean;
  to: string;
};

/** An address as its form was sent; the fields are still as typed. */
export function readAddressForm(form: FormData): SentAddress {
  const text = (name: string) => formText(form, name);
  return {
    id: form.has("id") ? text("id") : null,
    formKey: text("formKey"),
    typed: Object.fromEntries(recipientFields.map((name) => [name, text(name)])) as Record<
      RecipientField,
      string
    >,
    isDefault: form.has("isDefault"),
    to: wayBack(text("to")),
  };
}

/** Where an address was asked for: a checkout of ours, or else the book. Nothing from outside leads anywhere else. */
export function wayBack(to: unknown): string {
  return typeof to === "string" && /^\/checkout\?[\w=&%.~*+-]*$/.test(to) ? to : "/addresses";
}
