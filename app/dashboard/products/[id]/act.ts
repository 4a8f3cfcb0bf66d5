"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { adjustStock, type StockChange } from "@/lib/catalog/adjust-stock";
import { movePicture } from "@/lib/catalog/move-picture";
import { removePicture } from "@/lib/catalog/remove-picture";
import { setOnSale } from "@/lib/catalog/set-on-sale";
import { stockReasons } from "@/lib/db/schema/catalog";
import { AppError } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { Permission } from "@/lib/staff/rights";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { readPieces } from "../form/typed-product";

type Deed = { permission: Permission; act: (form: FormData, by: Person) => Promise<string> };

const deeds: Record<string, Deed> = {
  sale: { permission: "products.edit", act: sell },
  picture: { permission: "products.edit", act: arrange },
  stock: { permission: "stock.adjust", act: adjust },
};

/** What is done with a product beside its form: put on sale or off, its pictures arranged, its stock adjusted. */
export async function actOnProduct(_: Outcome, form: FormData): Promise<Outcome> {
  const name = textOf(form, "form");
  const deed = deeds[name.split(":")[0] ?? ""];
  const path = `/dashboard/products/${idIn(form, "productId")}`;
  const staff = await requireStaffOnPage(deed?.permission ?? "products.edit", path);
  try {
    if (!deed) throw new AppError("malformed");
    const text = await deed.act(form, { staffId: staff.id, address: await requestAddress() });
    refresh();
    return { form: name, isDone: true, text, typed: {} };
  } catch (error) {
    refresh();
    return { form: name, isDone: false, text: await whyNot(error), typed: typedIn(form) };
  }
}

async function sell(form: FormData, by: Person): Promise<string> {
  const onSale = textOf(form, "onSale") === "yes";
  const changed = await setOnSale(shop(), { productId: idIn(form, "productId"), onSale, by });
  const t = await getTranslations("products.done");
  return t(changed ? (onSale ? "putOn" : "takenOff") : "unchanged");
}

async function arrange(form: FormData, by: Person): Promise<string> {
  const picture = { productId: idIn(form, "productId"), image: textOf(form, "image"), by };
  const t = await getTranslations("products.done");
  const wish = textOf(form, "deed");
  if (wish === "remove") {
    await removePicture(shop(), picture);
    return t("removed");
  }
  const to = (["first", "earlier", "later"] as const).find((one) => one === wish);
  if (!to) throw new AppError("malformed");
  await movePicture(shop(), { ...picture, to });
  return t("moved");
}

async function adjust(form: FormData, by: Person): Promise<string> {
  const reason = stockReasons.find((one) => one === textOf(form, "reason"));
  if (!reason) throw new AppError("reason_required");
  const { before, onHand, delta } = await adjustStock(shop(), {
    ...{ variantId: idIn(form, "variantId"), reason, by },
    ...{ change: readChange(form), note: textOf(form, "note") },
  });
  const t = await getTranslations("products.done");
  const name = textOf(form, "name");
  return delta === 0 ? t("counted", { name, onHand }) : t("adjusted", { name, before, onHand });
}

/** What the verb refuses is left to it: a number that is none, and none of the ways. */
function readChange(form: FormData): StockChange {
  const typed = textOf(form, "amount");
  const amount = typed === "" ? Number.NaN : (readPieces(typed) ?? Number.NaN);
  const how = textOf(form, "how");
  return how === "count" ? { onHand: amount } : { delta: how === "take" ? -amount : amount };
}

async function whyNot(error: unknown): Promise<string> {
  const { code, facts } = toAppError(error);
  const t = await getTranslations("products.problems");
  if (code === "stock_too_low")
    return t("stockTooLow", {
      onHand: Number(facts.onHand),
      held: Number(facts.allocated),
      most: Number(facts.most),
    });
  if (facts.errors?.some((problem) => problem.code === "noneOnSale")) return t("noneOnSale");
  return refusalText(await getLocale(), error);
}

function idIn(form: FormData, name: string): number {
  const text = textOf(form, name);
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
}
