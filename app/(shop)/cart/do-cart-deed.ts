import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import type { AppError } from "@/lib/http/app-error";
import { fieldText, problemText, toAppError } from "@/lib/http/problem";
import { formText } from "../form-text";
import { type DeedState, untouched } from "./deed-state";

type Deed = { memberId: number; text: (name: string) => string };

/**
 * A buyer's deed in their own cart. Refused, the page shows how it stands now, and the form why; where the line it was
 * about is gone, and its form with it, the page says that.
 */
export async function doCartDeed(form: FormData, deed: (of: Deed) => Promise<void>): Promise<DeedState> {
  const buyer = await findCurrentBuyer();
  if (!buyer) redirect("/cart?way=gone");
  const text = (name: string) => formText(form, name);
  try {
    await deed({ memberId: buyer.memberId, text });
  } catch (error) {
    const known = toAppError(error);
    if (known.code === "not_found") redirect("/cart?way=gone");
    refresh();
    return { message: await describe(known), typed: text("quantity") || null };
  }
  refresh();
  return untouched;
}

async function describe({ code, facts }: AppError): Promise<string> {
  const t = await getTranslations("cart");
  const locale = await getLocale();
  if (code === "out_of_stock") return t("refused.left", { count: Number(facts.available) });
  if (code === "product_unavailable") return t("withdrawn");
  const [field] = facts.errors ?? [];
  return field ? fieldText(locale, field) : problemText(locale, code);
}
