/** The most lines of one order, and so of a cart. */
export const mostLines = 50;

/** The most pieces of one line, in an order as in a cart; the database checks the same number. */
export const mostPieces = 9999;
