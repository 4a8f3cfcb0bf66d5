import type { TypedProduct } from "./typed-product";

/** A product's form between two sendings. Paths name fields: "title", "variants.2.price", "variants". */
export type FormState = {
  typed: TypedProduct;
  /** As it was read, and in which version; 0 for one that is new. */
  was: TypedProduct;
  version: number;
  /** What is wrong, by path. */
  problems: Record<string, string>;
  /** What somebody else changed meanwhile, by path. */
  notes: Record<string, string>;
  answer: { isDone: boolean; text: string; hint?: string } | null;
  /** A slug that is changed once it is sent again. */
  slugAsked: string | null;
};

export function initialState(typed: TypedProduct, version: number): FormState {
  return { typed, was: typed, version, problems: {}, notes: {}, answer: null, slugAsked: null };
}
