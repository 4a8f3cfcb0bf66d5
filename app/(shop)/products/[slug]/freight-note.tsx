import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import { shopSettings } from "../../shop-settings";

/** What sending costs, by the shop's rule. */
export async function FreightNote() {
  const t = await getTranslations("shop.product");
  const locale = await getLocale();
  const { freightFlatFen, freightFreeFromFen } = await shopSettings();
  if (freightFlatFen === 0 || freightFreeFromFen === 0) return t("freightFree");
  const freight = formatFen(freightFlatFen, locale);
  if (freightFreeFromFen >= 1_000_000_000) return t("freightFlat", { freight }); // No order is that large.
  return t("freight", { freight, from: formatFen(freightFreeFromFen, locale) });
}
