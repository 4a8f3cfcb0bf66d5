import { asYuan, readYuan } from "@/app/ui/read-yuan";
import type { DeskProduct } from "@/lib/catalog/find-product-for-desk";
import { productLimits } from "@/lib/catalog/product-limits";

/** A product as its form holds it: every field the text that was typed. */
export type TypedVariant = {
  /** Empty for one that is new. */
  id: string;
  title: string;
  sku: string;
  price: string;
  onSale: boolean;
  onHand: string;
};
export type TypedProduct = {
  title: string;
  slug: string;
  kind: string;
  /** An id; empty for none. */
  category: string;
  description: string;
  variants: TypedVariant[];
};

export const blankVariant: TypedVariant = { id: "", title: "", sku: "", price: "", onSale: true, onHand: "" };
export const blankProduct: TypedProduct = {
  ...{ title: "", slug: "", kind: "physical", category: "", description: "" },
  variants: [blankVariant],
};

export function typedFrom(product: DeskProduct): TypedProduct {
  const { title, slug, kind, description } = product;
  const category = String(product.categoryId ?? "");
  const variants = product.variants.map(({ id, title, sku, priceFen, onSale }) => ({
    ...{ id: String(id), title, sku, price: asYuan(priceFen), onSale, onHand: "" },
  }));
  return { title, slug, kind, category, description, variants };
}

/** What the form sent; rows beyond the limit are told by the verb. */
export function readTyped(form: FormData): TypedProduct {
  const text = (name: string, most = 200) => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, most) : "";
  };
  const rows = Math.min(Number(text("rows")) || 0, productLimits.variants + 1);
  return {
    title: text("title"),
    slug: text("slug"),
    kind: text("kind"),
    category: text("category"),
    description: text("description", 4 * productLimits.description),
    variants: Array.from({ length: rows }, (_, n) => ({
      id: text(`variants.${n}.id`),
      title: text(`variants.${n}.title`),
      sku: text(`variants.${n}.sku`),
      price: text(`variants.${n}.price`),
      onSale: text(`variants.${n}.onSale`) === "yes",
      onHand: text(`variants.${n}.onHand`),
    })),
  };
}

/** The same for the verb, which says what is wrong with it: an amount that is none is null. */
export function fieldsFrom(typed: TypedProduct) {
  const { category, ...words } = typed;
  return {
    ...words,
    categoryId: category === "" ? null : Number(category),
    variants: typed.variants.map(({ id, title, sku, price, onSale, onHand }) => ({
      ...{ title, sku, onSale, priceFen: readYuan(price) },
      id: id === "" ? null : Number(id),
      onHand: readPieces(onHand),
    })),
  };
}

/** A number of pieces as people type it, full-width digits too; nothing is none. Null when it is no such number. */
export function readPieces(typed: string): number | null {
  const text = typed.normalize("NFKC").replace(/[\s,]/g, "");
  if (text === "") return 0;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
