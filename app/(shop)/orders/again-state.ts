/** What came of buying again when not all of it could be put into the cart. */
export type AgainState = { message: string | null; isInCart: boolean };

export const untouched: AgainState = { message: null, isInCart: false };
