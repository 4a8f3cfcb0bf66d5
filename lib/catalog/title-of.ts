/** What a variant is called in carts and orders; of a product with one variant, by the product alone. */
export function titleOf(product: string, variant: string): string {
  return variant ? `${product} ${variant}` : product;
}
