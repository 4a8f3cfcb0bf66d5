import type { RecipientState } from "./recipient-state";

/** What came of a sent address: what was typed stays, each wrong field says why. */
export type AddressState = RecipientState & { isDefault: boolean | null; message: string | null };

export const untouched: AddressState = { typed: {}, problems: {}, isDefault: null, message: null };
