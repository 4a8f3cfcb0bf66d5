/** What a note is about: an order, by its number, or a member. */
export type NoteSubject = { orderNo: string } | { memberId: number };

/** A note longer than this is a document, and belongs elsewhere. */
export const noteLength = 500;
