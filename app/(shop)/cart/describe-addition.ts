import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import type { AddedLine } from "@/lib/cart/add-line";
import type { AppError } from "@/lib/http/app-error";
import { fieldText, problemText } from "@/lib/http/problem";
import { mostPieces } from "@/lib/orders/order-limits";
import { type AddState, nothingAdded } from "./add-state";

/** Those that the cart page, too, has words for. */
export const ways = ["added", "fewer", "most", "repeated"] as const;
type Way = (typeof ways)[number] | "all" | "allMost";

/** Fewer than asked for, because the shop has no more or because nobody may order more; or none at all. */
export function wayOf({ added, asked, quantity, isRepeated }: AddedLine & { asked: number }): Way {
  if (isRepeated) return "repeated";
  const isMost = quantity >= mostPieces;
  if (added === 0) return isMost ? "allMost" : "all";
  if (added < asked) return isMost ? "most" : "fewer";
  return "added";
}

export async function describeAddition(line: AddedLine, way: Way): Promise<AddState> {
  const t = await getTranslations("cart.add");
  const price = formatFen(line.priceFen, await getLocale());
  const { title, quantity, added } = line;
  const text = t(way, { title, quantity, added, price });
  if (line.added === 0 && !line.isRepeated) return { ...nothingAdded, message: text, wrong: "quantity" };
  return { ...nothingAdded, added: { text, link: t("toCart") } };
}

export async function describeRefusal(error: AppError): Promise<AddState> {
  const t = await getTranslations("cart.add");
  const locale = await getLocale();
  if (error.code === "out_of_stock") return { ...nothingAdded, message: t("soldOut"), wrong: "sku" };
  if (error.code === "product_unavailable") return { ...nothingAdded, message: t("withdrawn"), wrong: "sku" };
  const [field] = error.facts.errors ?? [];
  if (field?.code === "sku" || field?.code === "quantity")
    return { ...nothingAdded, message: fieldText(locale, field), wrong: field.code };
  return { ...nothingAdded, message: problemText(locale, error.code) };
}
