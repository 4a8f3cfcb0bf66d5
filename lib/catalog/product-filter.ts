import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { likePart } from "@/lib/db/like";
import { type ProductKind, products, variants } from "@/lib/db/schema/catalog";
import { lowStockPieces } from "./product-limits";

/** How a product stands: sold out and low are on sale, with a variant of which nothing, or little, can be ordered. */
export const productStates = ["onSale", "offSale", "soldOut", "low"] as const;
export type ProductState = (typeof productStates)[number];

export type ProductFilter = {
  state: ProductState | null;
  kind: ProductKind | null;
  /** A part of a title, of a variant's title, of a SKU or of a slug. */
  search: string | null;
};

export function productConditions({ state, kind, search }: ProductFilter): SQL | undefined {
  return and(
    kind ? eq(products.kind, kind) : undefined,
    state ? stateConditions[state] : undefined,
    search ? matching(search) : undefined,
  );
}

const free = sql`${variants.onHand} - ${variants.allocated}`;
const withVariant = (condition: SQL) =>
  sql`EXISTS (SELECT FROM ${variants} WHERE ${variants.productId} = ${products.id} AND ${condition})`;

const stateConditions: Record<ProductState, SQL | undefined> = {
  onSale: eq(products.onSale, true),
  offSale: eq(products.onSale, false),
  soldOut: and(eq(products.onSale, true), withVariant(sql`${variants.onSale} AND ${free} = 0`)),
  low: and(
    eq(products.onSale, true),
    withVariant(sql`${variants.onSale} AND ${free} BETWEEN 1 AND ${lowStockPieces}`),
  ),
};

function matching(search: string): SQL | undefined {
  const part = likePart(search);
  return or(
    sql`${products.title} ILIKE ${part}`,
    sql`${products.slug} ILIKE ${part}`,
    withVariant(sql`(${variants.sku} ILIKE ${part} OR ${variants.title} ILIKE ${part})`),
  );
}
