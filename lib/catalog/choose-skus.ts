import { and, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { variants } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import type { VariantFields } from "./product-fields";
import { productLimits } from "./product-limits";

/**
 * The variants with a SKU each: the ones asked for (`sku_taken` names those that another product has), and for the rest
 * one made of the slug. The caller holds the catalogue.
 */
export async function chooseSkus(
  tx: Tx,
  of: { productId: number | null; slug: string; variants: VariantFields[] },
): Promise<VariantFields[]> {
  const taken = await skusOfOthers(tx, of);
  const errors = of.variants.flatMap(({ sku }, at) =>
    taken.has(sku) ? [{ path: `variants.${at}.sku`, code: "skuTaken" }] : [],
  );
  if (errors.length > 0) throw new AppError("sku_taken", { errors });

  const used = new Set([...taken, ...of.variants.map(({ sku }) => sku)]);
  const chosen: VariantFields[] = [];
  for (const variant of of.variants) {
    const sku = variant.sku || freeSku(of.slug, used);
    used.add(sku);
    chosen.push({ ...variant, sku });
  }
  return chosen;
}

function freeSku(slug: string, used: Set<string>): string {
  const start = stemOf(slug);
  for (let n = 1; ; n++) if (!used.has(`${start}${n}`)) return `${start}${n}`;
}

function stemOf(slug: string): string {
  return `${slug.toUpperCase().slice(0, productLimits.sku - 5)}-`;
}

/** Those asked for, and those that look like ours, as far as other products have them. */
async function skusOfOthers(
  tx: Tx,
  of: { productId: number | null; slug: string; variants: VariantFields[] },
): Promise<Set<string>> {
  const stem = stemOf(of.slug);
  const made = Array.from({ length: 2 * productLimits.variants }, (_, n) => `${stem}${n + 1}`);
  const asked = [...of.variants.map(({ sku }) => sku).filter(Boolean), ...made];
  const rows = await tx
    .select({ sku: variants.sku })
    .from(variants)
    .where(
      and(
        inArray(variants.sku, asked),
        of.productId === null ? undefined : ne(variants.productId, of.productId),
      ),
    );
  return new Set(rows.map(({ sku }) => sku));
}
