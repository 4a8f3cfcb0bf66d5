import { z } from "zod";
import { productKinds } from "@/lib/db/schema/catalog";
import { AppError, type FieldProblem } from "@/lib/http/app-error";
import { fieldProblems } from "@/lib/orders/order-request";
import { largestFen } from "@/lib/wechat/fen";
import { productLimits as most } from "./product-limits";

const storable = (text: string) => !text.includes("\0") && text.isWellFormed();

/** One line: what is between its words does not matter. */
const line = (longest: number) =>
  z
    .string()
    .refine(storable)
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, " ").trim())
    .pipe(z.string().max(longest));

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
  description: z
    .string()
    .refine(storable)
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(z.string().max(most.description)),
  /** In the order in which buyers see them. */
  variants: z.array(VariantFields).min(1).max(most.variants),
});
export type ProductFields = z.infer<typeof ProductFields>;

/** What staff typed, as a product holds it. `product_invalid` names each wrong field by its path. */
export function parseProduct(fields: unknown): ProductFields {
  const parsed = ProductFields.safeParse(fields);
  if (!parsed.success) throw new AppError("product_invalid", { errors: fieldProblems(parsed.error) });
  const errors = parsed.data.variants.flatMap((variant, at) => ambiguity(parsed.data.variants, variant, at));
  if (errors.length > 0) throw new AppError("product_invalid", { errors });
  return parsed.data;
}

/** Buyers tell variants apart by their titles, the shop by their SKUs. */
function ambiguity(all: VariantFields[], { title, sku }: VariantFields, at: number): FieldProblem[] {
  const others = all.slice(0, at);
  const isNameless = all.length > 1 && title === "";
  return [
    isNameless && { path: `variants.${at}.title`, code: "titleMissing" },
    !isNameless &&
      others.some((one) => one.title === title) && { path: `variants.${at}.title`, code: "titleTwice" },
    sku !== "" && others.some((one) => one.sku === sku) && { path: `variants.${at}.sku`, code: "skuTwice" },
  ].filter((problem) => problem !== false);
}
