import { type ProductFilter, productStates } from "@/lib/catalog/product-filter";
import { productKinds } from "@/lib/db/schema/catalog";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";

export const productsPath = "/dashboard/products";

export type ProductQuery = ProductFilter & { before?: number; after?: number };

/** What the address wishes, as far as it is known; `isMadeUp` when some of it is not. */
export function readQuery(params: Awaited<SearchParams>): ProductQuery & { isMadeUp: boolean } {
  const state = oneOf(params.state, productStates);
  const kind = oneOf(params.kind, productKinds);
  return {
    ...{ state, kind, search: firstOf(params.q) },
    ...{ before: cursorOf(params.before), after: cursorOf(params.after) },
    isMadeUp: firstOf(params.state) !== state || firstOf(params.kind) !== kind,
  };
}

export function productsHref({ state, kind, search, before, after }: Partial<ProductQuery>): string {
  return hrefOf(productsPath, { state, kind, q: search, before, after });
}
