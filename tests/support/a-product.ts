import type { VariantFields, WishedProduct } from "@/lib/catalog/product-fields";

let counter = 0;

/** A variant as the desk's form sends it. */
export function aVariant(of: Partial<VariantFields> = {}): VariantFields {
  return { id: null, title: "", sku: `NEW-${++counter}`, priceFen: 6800, onSale: true, onHand: 10, ...of };
}

/** A product as the desk's form sends it. */
export function productFields(of: Partial<WishedProduct> = {}): WishedProduct {
  return {
    title: "明前龙井",
    slug: `tea-${++counter}`,
    kind: "physical",
    categoryId: null,
    description: "狮峰山",
    variants: [aVariant()],
    ...of,
  };
}
