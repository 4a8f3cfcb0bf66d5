/** What came of pressing "add to cart", in ready words: the form that shows it needs no catalogue of its own. */
export type AddState = {
  /** Why nothing was added. */
  message: string | null;
  /** The field that `message` is about, when it is about one. */
  wrong: "sku" | "quantity" | null;
  /** What was added, and where it can be seen. */
  added: { text: string; link: string } | null;
  /** For the page that is rendered anew with a refusal: nothing typed is lost. */
  typed: { sku: string; quantity: string } | null;
};

export const nothingAdded: AddState = { message: null, wrong: null, added: null, typed: null };
