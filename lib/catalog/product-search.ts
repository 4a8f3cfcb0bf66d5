import { and, or, type SQL, sql } from "drizzle-orm";
import { likePart } from "@/lib/db/like";
import { categories, products, variants } from "@/lib/db/schema/catalog";

/** What buyers may type; more is cut off, nobody reads a longer title. */
export const longestSearch = 60;

const mostWords = 5;

/** What somebody typed to search for, as it is searched: null when nothing is left of it. */
export function readSearch(typed: string | null | undefined): string | null {
  const text = (typed ?? "").toWellFormed().replace(/[\s\p{Cc}]+/gu, " ");
  return Array.from(text.trim()).slice(0, longestSearch).join("").trim() || null;
}

/**
 * Products of which each word of a search is a part of the title, of a variant that is on sale, or of the category. One
 * character of Chinese is a word already: no index of words or of three letters would find it, so the rows are read.
 */
export function productsMatching(search: string): SQL | undefined {
  return and(...search.split(" ").slice(0, mostWords).map(holdsWord));
}

function holdsWord(word: string): SQL | undefined {
  const part = likePart(word);
  return or(
    sql`${products.title} ILIKE ${part}`,
    sql`${products.id} IN (SELECT ${variants.productId} FROM ${variants}
         WHERE ${variants.onSale} AND ${variants.title} ILIKE ${part})`,
    sql`${products.categoryId} IN (SELECT ${categories.id} FROM ${categories}
         WHERE ${categories.title} ILIKE ${part})`,
  );
}
