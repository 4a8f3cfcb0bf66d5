import type { CategoryView } from "@/lib/categories/list-categories";
import type { products, variants } from "@/lib/db/schema/catalog";

type ProductRow = typeof products.$inferSelect & {
  category: CategoryView | null;
  variants: (typeof variants.$inferSelect)[];
};

export type ProductView = {
  slug: string;
  title: string;
  kind: "physical" | "virtual";
  description: string;
  /** The shelf that it stands on, or none. */
  category: CategoryView | null;
  images: string[];
  variants: { sku: string; title: string; priceFen: number; available: number }[];
};

/** A product as the world sees it; `available` is what can be ordered now. */
export function presentProduct(row: ProductRow): ProductView {
  return {
    slug: row.slug,
    title: row.title,
    kind: row.kind,
    description: row.description,
    category: row.category,
    images: row.images,
    variants: row.variants.map((variant) => ({
      sku: variant.sku,
      title: variant.title,
      priceFen: variant.priceFen,
      available: variant.onHand - variant.allocated,
    })),
  };
}
