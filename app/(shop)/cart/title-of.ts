/** What a line is called; of a product with one variant, by the product alone. */
export function titleOf({ title, variantTitle }: { title: string; variantTitle: string }): string {
  return variantTitle ? `${title} ${variantTitle}` : title;
}
