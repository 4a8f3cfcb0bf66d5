"use server";

import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { problemText, toAppError } from "@/lib/http/problem";
import { type BoughtAgain, buyAgain } from "@/lib/orders/buy-again";
import { shop } from "@/lib/shop";
import type { AgainState } from "./again-state";

/** Everything is in the cart: on to it. Something is not: the form says what and why. */
export async function buyOwnAgain(_before: AgainState, form: FormData): Promise<AgainState> {
  const buyer = await findCurrentBuyer();
  const [orderNo, addKey] = [form.get("orderNo"), form.get("addKey")];
  if (!buyer || typeof orderNo !== "string" || !/^\d{1,40}$/.test(orderNo)) notFound();
  if (typeof addKey !== "string" || !/^[\w-]{1,64}$/.test(addKey)) notFound();
  const outcome = await tryToBuy({ orderNo, addKey, memberId: buyer.memberId });
  if (typeof outcome === "string") return { message: outcome, isInCart: false };
  if (outcome.missing.length + outcome.fewer.length === 0) redirect("/cart");
  return { message: await describe(outcome), isInCart: outcome.added + outcome.fewer.length > 0 };
}

async function tryToBuy(of: Parameters<typeof buyAgain>[1]): Promise<BoughtAgain | string> {
  try {
    return await buyAgain(shop(), of);
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "not_found") notFound();
    return problemText(await getLocale(), code);
  }
}

async function describe({ added, fewer, missing }: BoughtAgain): Promise<string> {
  const t = await getTranslations("shop.again");
  const named = (why: "gone" | "cart_full") =>
    missing.filter((one) => one.why === why).map(({ title }) => title);
  const sentences = [
    added === 0 ? t("nothing") : t("added", { count: added }),
    ...fewer.map(({ title, pieces }) => t("fewer", { title, count: pieces })),
    ...(["gone", "cart_full"] as const)
      .filter((why) => named(why).length > 0)
      .map((why) => t(`missing.${why}`, { titles: named(why).join(t("and")) })),
  ];
  return sentences.join("\n");
}
