/** What came of a press: nothing to say when the page itself shows it. */
export type DeedState = { message: string | null };

export const untouched: DeedState = { message: null };
