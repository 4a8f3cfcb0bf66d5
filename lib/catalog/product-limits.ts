/** What a product may hold; pages tell these before anybody is refused. */
export const productLimits = {
  title: 60, // A line and a half on a phone; WeChat shows less of it on its pay page.
  slug: 60,
  description: 5000,
  variants: 30,
  variantTitle: 30,
  sku: 40, // The API takes up to 64.
  pictures: 9, // Three rows of three, as in WeChat's own albums.
  onHand: 1_000_000,
} as const;

/** So few free pieces are "low": buyers are told the same number, and a merchant should order more. */
export const lowStockPieces = 9;
