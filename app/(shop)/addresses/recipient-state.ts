/** In the order in which a Chinese address is written. */
export const recipientFields = ["name", "phone", "province", "city", "district", "address"] as const;
export type RecipientField = (typeof recipientFields)[number];

/** What a form knows of a recipient: what was typed, and what is wrong with it beside each field. */
export type RecipientState = {
  typed: Partial<Record<RecipientField, string>>;
  problems: Partial<Record<RecipientField, string>>;
};
