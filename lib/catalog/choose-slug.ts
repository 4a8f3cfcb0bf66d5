import { randomInt } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { products } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import { productLimits } from "./product-limits";

/**
 * A product's name in its address: the one asked for (`slug_taken` when another product has it), else one made of its
 * title and free. The caller holds the catalogue.
 */
export async function chooseSlug(
  tx: Tx,
  of: { productId: number | null; slug: string; title: string },
): Promise<string> {
  const isFree = async (slug: string) => {
    const another = of.productId === null ? undefined : ne(products.id, of.productId);
    const [taken] = await tx
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.slug, slug), another));
    return taken === undefined;
  };
  if (of.slug) {
    if (await isFree(of.slug)) return of.slug;
    throw new AppError("slug_taken", { errors: [{ path: "slug", code: "slugTaken" }] });
  }
  return makeSlug({ title: of.title, blank: "p", isFree });
}

/** A free slug made of a title; of a title without Latin words it begins with `blank`. */
export async function makeSlug(of: {
  title: string;
  blank: string;
  isFree: (slug: string) => Promise<boolean>;
}): Promise<string> {
  const made = slugFrom(of.title);
  if (made && (await of.isFree(made))) return made;
  for (;;) {
    const drawn = `${made ?? of.blank}-${draw()}`;
    if (await of.isFree(drawn)) return drawn;
  }
}

const drawnLength = 6;

/** The Latin words and numbers of a title: "iPhone 17 保护壳" → "iphone-17". Null when they would say nothing. */
export function slugFrom(title: string): string | null {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = (plain.match(/[a-z0-9]+/g) ?? [])
    .join("-")
    .slice(0, productLimits.slug - drawnLength - 1)
    .replace(/-$/, "");
  return /[a-z]/.test(slug) && slug.length >= 3 ? slug : null;
}

/** No vowels and nothing that looks like another: no words by accident, and it can be read out. */
function draw(): string {
  const signs = "bcdfghjkmnpqrstvwxz23456789";
  return Array.from({ length: drawnLength }, () => signs[randomInt(signs.length)]).join("");
}
