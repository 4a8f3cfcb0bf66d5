import { getTranslations } from "next-intl/server";
import { productLimits } from "@/lib/catalog/product-limits";
import type { FieldProblem } from "@/lib/http/app-error";

const codes = [
  "title",
  "slug",
  "kind",
  "description",
  "variants",
  "variantTitle",
  "sku",
  "priceFen",
  "onHand",
  "titleMissing",
  "titleTwice",
  "skuTwice",
  "skuTaken",
  "slugTaken",
  "slugShared",
  "kindFixed",
  "noneOnSale",
  "variantInUse",
  "categoryGone",
] as const;

/** What is wrong with each field of the form, in the reader's language, by the form's own paths. */
export async function problemTexts(problems: FieldProblem[]): Promise<Record<string, string>> {
  const t = await getTranslations("products.problems");
  return Object.fromEntries(
    problems.map(({ path, code }) => {
      const wished = code === "title" && path.startsWith("variants.") ? "variantTitle" : code;
      const known = codes.find((one) => one === wished) ?? "unknown";
      const field = path === "categoryId" ? "category" : path.replace(/\.priceFen$/, ".price");
      return [field, t(known, { ...productLimits })];
    }),
  );
}
