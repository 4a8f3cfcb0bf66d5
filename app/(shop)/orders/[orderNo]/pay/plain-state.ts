/** What came of paying by a form: where to go on, a code to scan, or words. */
export type PlainState = { mwebUrl: string | null; codeUrl: string | null; message: string | null };

export const nothingYet: PlainState = { mwebUrl: null, codeUrl: null, message: null };
