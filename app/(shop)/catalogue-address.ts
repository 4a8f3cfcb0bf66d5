import { readSearch } from "@/lib/catalog/product-search";

/** What a buyer looks at: all of it, a category's, or what a search finds; `cursor` is the page. */
export type CatalogueWish = { search: string | null; category: string | null; cursor: string | null };

export type CatalogueParams = Partial<Record<"q" | "category" | "cursor", string | string[]>>;

export function readWish({ q, category, cursor }: CatalogueParams): CatalogueWish {
  return { search: readSearch(first(q)), category: first(category) || null, cursor: first(cursor) || null };
}

export function catalogueHref({ search, category, cursor }: Partial<CatalogueWish>): string {
  const query = new URLSearchParams();
  if (search) query.set("q", search);
  if (category) query.set("category", category);
  if (cursor) query.set("cursor", cursor);
  return query.size > 0 ? `/?${query}` : "/";
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
