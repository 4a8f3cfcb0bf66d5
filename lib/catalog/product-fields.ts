import { z } from "zod";
import { productKinds } from "@/lib/db/schema/catalog";
import { AppError, type FieldProblem } from "@/lib/http/app-error";
import { fieldProblems } from "@/lib/orders/order-request";
import { largestFen } from "@/lib/wechat/fen";
import { productLimits as most } from "./product-limits";

const storable = (text: string) => !text.includes("\0") && text.isWellFormed();

/** One line: how much is between its words does not matter. */
const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
const line = (longest: number) => z.string().refine(storable).transform(plain).pipe(z.string().max(longest));

const VariantFields = z.object({
  /** Null for one that is new. */
  id: z.int().min(1).nullable(),
  title: line(most.variantTitle),
  /** Empty: it is given one. */
  sku: line(most.sku).pipe(z.string().regex(/^[\p{L}\p{N}._/-]*$/u)),
  priceFen: z.int().min(1).max(largestFen),
  onSale: z.boolean(),
  /** What there is of a new one; of the others the stock is adjusted, with a reason. */
  onHand: z.int().min(0).max(most.onHand),
});
export type VariantFields = z.infer<typeof VariantFields>;

const ProductFields = z.object({
  title: line(most.title).pipe(z.string().min(1)),
  /** Empty: it is made of the title, as far as that can be. */
  slug: line(most.slug).pipe(z.string().regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)),
  kind: z.enum(productKinds),
  /** Null: it stands in none. */
  categoryId: z.int().min(1).nullable(),
  description: z
    .string()
    .refine(storable)
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(z.string().max(most.description)),
  /** In the order in which buyers see them. */
  variants: z.array(VariantFields).min(1).max(most.variants),
});
export type ProductFields = z.infer<typeof ProductFields>;

/** What staff typed; an amount or number that is none is null. */
export type WishedProduct = Record<"title" | "slug" | "kind" | "description", string> & {
  categoryId: number | null;
  variants: WishedVariant[];
};
type WishedVariant = Omit<VariantFields, "priceFen" | "onHand"> &
  Record<"priceFen" | "onHand", number | null>;

/** What staff typed, as a product holds it. `product_invalid` names every wrong field by its path. */
export function parseProduct(fields: WishedProduct): ProductFields {
  const parsed = ProductFields.safeParse(fields);
  const errors = fields.variants.flatMap((variant, at) => ambiguity(fields.variants, variant, at));
  if (!parsed.success) errors.unshift(...fieldProblems(parsed.error));
  if (!parsed.success || errors.length > 0) throw new AppError("product_invalid", { errors });
  return parsed.data;
}

/** Buyers tell variants apart by their titles, the shop by their SKUs. */
function ambiguity(all: WishedVariant[], variant: WishedVariant, at: number): FieldProblem[] {
  const [title, sku] = [plain(variant.title), plain(variant.sku)];
  const others = all.slice(0, at);
  const isNameless = all.length > 1 && title === "";
  const isTitleTwice = title !== "" && others.some((one) => plain(one.title) === title);
  return [
    isNameless && { path: `variants.${at}.title`, code: "titleMissing" },
    isTitleTwice && { path: `variants.${at}.title`, code: "titleTwice" },
    sku !== "" &&
      others.some((one) => plain(one.sku) === sku) && { path: `variants.${at}.sku`, code: "skuTwice" },
  ].filter((problem) => problem !== false);
}
