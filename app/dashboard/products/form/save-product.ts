"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { createProduct } from "@/lib/catalog/create-product";
import { editProduct } from "@/lib/catalog/edit-product";
import { findLastEdit, findProductForDesk } from "@/lib/catalog/find-product-for-desk";
import { AppError } from "@/lib/http/app-error";
import { problemText, toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { deskClock } from "../../desk-settings";
import { textOf } from "../../parts/outcome";
import { changeRows } from "./change-rows";
import { type FormState, initialState } from "./form-state";
import { mergeEdits } from "./merge-edits";
import { noteTexts } from "./note-texts";
import { problemTexts } from "./problem-texts";
import { fieldsFrom, readTyped, typedFrom } from "./typed-product";
import { readWas } from "./was";

type Sent = Pick<FormState, "typed" | "was" | "version">;

/** Saves a product, or creates one; a button beside the rows of variants only changes the rows. Nothing typed is lost. */
export async function saveProduct(_: FormState, form: FormData): Promise<FormState> {
  const productId = Number(textOf(form, "productId"));
  const path = productId ? `/dashboard/products/${productId}` : "/dashboard/products/new";
  const staff = await requireStaffOnPage("products.edit", path);

  const typed = readTyped(form);
  const sent = { typed, was: readWas(form) ?? typed, version: Number(textOf(form, "version")) };
  const rows = changeRows(typed.variants, textOf(form, "deed"));
  if (rows) return { ...initialState(typed, sent.version), ...sent, typed: { ...typed, variants: rows } };
  const by = { staffId: staff.id, address: await requestAddress() };
  return productId
    ? edit(sent, { productId, by, slugConfirmed: textOf(form, "slugConfirmed") })
    : create(sent, by);
}

async function create(sent: Sent, by: Person): Promise<FormState> {
  let productId: number;
  try {
    ({ productId } = await createProduct(shop(), { fields: fieldsFrom(sent.typed), by }));
  } catch (error) {
    return refused(sent, error);
  }
  redirect(`/dashboard/products/${productId}?done=created`);
}

async function edit(
  sent: Sent,
  of: { productId: number; by: Person; slugConfirmed: string },
): Promise<FormState> {
  try {
    const { changed } = await editProduct(shop(), {
      ...of,
      version: sent.version,
      fields: fieldsFrom(sent.typed),
    });
    refresh();
    const t = await getTranslations("products.form");
    const saved = await findProductForDesk(shop(), of.productId);
    const now = saved ? typedFrom(saved) : sent.typed;
    const answer = { isDone: true, text: t(changed ? "saved" : "unchanged") };
    return { ...initialState(now, saved?.version ?? sent.version), answer };
  } catch (error) {
    const { code } = toAppError(error);
    return code === "product_changed" ? merged(sent, of.productId) : refused(sent, error);
  }
}

/** Somebody else saved first: theirs where only they changed something, mine beside theirs where both did. */
async function merged(sent: Sent, productId: number): Promise<FormState> {
  const [product, last] = await Promise.all([
    findProductForDesk(shop(), productId),
    findLastEdit(shop(), productId),
  ]);
  if (!product) return refused(sent, new AppError("not_found"));
  refresh(); // A category that the other made meanwhile can be chosen.
  const theirs = typedFrom(product);
  const { typed, notes } = mergeEdits({ was: sent.was, mine: sent.typed, theirs });
  const t = await getTranslations("products.form");
  const { timeZone } = await deskClock();
  const at = (await getFormatter()).dateTime(last?.at ?? product.updatedAt, {
    timeStyle: "medium",
    timeZone,
  });
  return {
    ...initialState(typed, product.version),
    was: theirs,
    notes: await noteTexts(notes),
    answer: {
      isDone: false,
      text: t("changed", { name: last?.byName ?? t("somebody"), at }),
      hint: t("changedHint"),
    },
  };
}

async function refused(sent: Sent, error: unknown): Promise<FormState> {
  refresh();
  const { code, facts } = toAppError(error);
  const errors = facts.errors ?? [];
  const isShared = errors.some((problem) => problem.code === "slugShared");
  return {
    ...initialState(sent.typed, sent.version),
    ...sent,
    problems: await problemTexts(errors),
    answer: { isDone: false, text: problemText(await getLocale(), code) },
    slugAsked: isShared ? sent.typed.slug.trim() : null,
  };
}
