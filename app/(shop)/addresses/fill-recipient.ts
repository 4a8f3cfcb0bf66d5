import { hasNoDistricts } from "@/lib/orders/cities-without-districts";
import { type RecipientField, recipientFields } from "./recipient-state";

/**
 * Puts what another place knows of a recipient into the fields below `within`; what it does not know stays as typed, but
 * for the place, which is one thing: of another city the old district is wrong. The first field that is still empty is
 * focused. Answers which are.
 */
export function fillRecipient(
  within: HTMLElement,
  known: Partial<Record<RecipientField, string>>,
): RecipientField[] {
  const place = known.province || known.city ? { city: "", district: "" } : {};
  for (const [name, value] of Object.entries({ ...place, ...known })) {
    const field = fieldOf(within, name);
    if (field && value !== undefined) field.value = value;
  }
  const typed = (name: RecipientField) => fieldOf(within, name)?.value.trim();
  const isWhole = (name: RecipientField) => name === "district" && hasNoDistricts(typed("city") ?? "");
  const empty = recipientFields.filter((name) => typed(name) === "" && !isWhole(name));
  const [first] = empty;
  if (first) fieldOf(within, first)?.focus();
  return empty;
}

function fieldOf(within: HTMLElement, name: string) {
  return within.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
}
