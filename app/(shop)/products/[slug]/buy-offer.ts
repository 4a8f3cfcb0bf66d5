import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import type { ProductView } from "@/lib/catalog/present-product";
import { lowStockPieces } from "@/lib/catalog/product-limits";
import { readQuantity } from "../../read-quantity";

/** What the form of a product shows, in ready words: it needs no catalogue of texts in the browser. */
export type BuyOffer = {
  rows: { sku: string; title: string; price: string; note: string | null; available: number }[];
  /** The most that can be had of any variant; 0 when all are sold out. */
  most: number;
  /** What is chosen to begin with. */
  sku: string | null;
  quantity: string | null;
  /** Why the checkout sent somebody back. */
  problem: { sku: string | null; quantity: string | null };
  words: Record<
    "variant" | "quantity" | "fewer" | "more" | "add" | "adding" | "buy" | "soldOut" | "unreachable",
    string
  >;
};

/** `chosen` is what the address says: where the checkout sends back to, or a link with a variant in it. */
export async function makeOffer(
  { variants }: ProductView,
  chosen: { sku: string | null; quantity: string | null },
): Promise<BuyOffer> {
  const t = await getTranslations("shop.product");
  const locale = await getLocale();
  const most = Math.max(0, ...variants.map(({ available }) => available));
  const wanted = variants.find(({ sku }) => sku === chosen.sku);
  const preset = wanted ?? variants.find(({ available }) => available > 0);
  const note = (available: number) => {
    if (available <= 0) return t("soldOut");
    return available <= lowStockPieces ? t("left", { count: available }) : null;
  };
  return {
    rows: variants.map(({ sku, title, priceFen, available }) => ({
      ...{ sku, title: title || t("only"), price: formatFen(priceFen, locale) },
      ...{ note: note(available), available },
    })),
    most,
    sku: preset?.sku ?? null,
    quantity: chosen.quantity,
    problem: {
      sku: wanted && wanted.available <= 0 && most > 0 ? t("variantSoldOut") : null,
      quantity: quantityProblem(t, chosen.quantity, wanted?.available ?? most),
    },
    words: {
      ...{ variant: t("variant"), quantity: t("quantity"), fewer: t("fewer"), more: t("more") },
      ...{ add: t("add"), adding: t("adding"), buy: t("buy"), soldOut: t("soldOut") },
      unreachable: t("unreachable"),
    },
  };
}

function quantityProblem(
  t: Awaited<ReturnType<typeof getTranslations<"shop.product">>>,
  typed: string | null,
  available: number,
): string | null {
  if (typed === null) return null;
  const pieces = readQuantity(typed);
  if (pieces === null) return t("quantityInvalid");
  return available > 0 && pieces > available ? t("quantityLeft", { count: available }) : null;
}
