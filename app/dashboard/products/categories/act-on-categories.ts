"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { createCategory } from "@/lib/categories/create-category";
import { moveCategory } from "@/lib/categories/move-category";
import { removeCategory } from "@/lib/categories/remove-category";
import { renameCategory } from "@/lib/categories/rename-category";
import { AppError } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";

const deeds: Record<string, (form: FormData, by: Person) => Promise<string>> = {
  create,
  rename,
  move,
  remove,
};

/** What is done with the categories, each by a form of its own. */
export async function actOnCategories(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("products.edit", "/dashboard/products/categories");
  const name = textOf(form, "form");
  try {
    const deed = deeds[name.split(":")[0] ?? ""];
    if (!deed) throw new AppError("malformed");
    const text = await deed(form, { staffId: staff.id, address: await requestAddress() });
    refresh();
    return { form: name, isDone: true, text, typed: {} };
  } catch (error) {
    refresh();
    return { form: name, isDone: false, text: await whyNot(error), typed: typedIn(form) };
  }
}

async function create(form: FormData, by: Person): Promise<string> {
  const t = await getTranslations("products.categories.done");
  const { title } = await createCategory(shop(), { title: textOf(form, "title"), by });
  return t("created", { title });
}

async function rename(form: FormData, by: Person): Promise<string> {
  const t = await getTranslations("products.categories.done");
  const title = textOf(form, "title");
  const changed = await renameCategory(shop(), { categoryId: idIn(form), title, by });
  return t(changed ? "renamed" : "unchanged", { title });
}

async function move(form: FormData, by: Person): Promise<string> {
  const t = await getTranslations("products.categories.done");
  const to = (["up", "down"] as const).find((one) => one === textOf(form, "to"));
  if (!to) throw new AppError("malformed");
  const changed = await moveCategory(shop(), { categoryId: idIn(form), to, by });
  return t(changed ? "moved" : "unchanged", { title: "" });
}

async function remove(form: FormData, by: Person): Promise<string> {
  const t = await getTranslations("products.categories.done");
  const { title, products } = await removeCategory(shop(), { categoryId: idIn(form), by });
  return t("removed", { title, count: products });
}

async function whyNot(error: unknown): Promise<string> {
  const t = await getTranslations("products.categories.done");
  return toAppError(error).code === "not_found" ? t("gone") : refusalText(await getLocale(), error);
}

function idIn(form: FormData): number {
  const text = textOf(form, "categoryId");
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
}
