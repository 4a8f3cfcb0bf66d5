export const ways = ["whole", "lines", "part"] as const;
/** All that is left, some of the goods, or part of the amount. */
export type Way = (typeof ways)[number];

/** The name of a line's field. */
export const quantityField = (sku: string) => `quantity.${sku}`;

/** What came of a submitted form: what was typed stays, each wrong field says why. By the names of the fields. */
export type AskState = {
  typed: Record<string, string>;
  problems: Record<string, string>;
  message: string | null;
};

export const untouched: AskState = { typed: {}, problems: {}, message: null };
