/** The most lines of a cart: as many as an order may have. */
export const mostLines = 50;
/** The most pieces of one variant, in a cart as in an order. */
export const mostOfOne = 9999;
