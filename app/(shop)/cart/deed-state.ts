/** What came of a press in the cart: nothing to say when the page itself shows it; what was typed stays. */
export type DeedState = { message: string | null; typed: string | null };

export const untouched: DeedState = { message: null, typed: null };
