"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { type AddedCodes, addCodes, mostCodes } from "@/lib/deliveries/add-codes";
import { setContent } from "@/lib/deliveries/set-content";
import { parseContent } from "@/lib/deliveries/virtual-content";
import { toAppError } from "@/lib/http/problem";
import { shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type Outcome, textOf } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";

/** Stores what a variant is delivered as, or adds codes to its stock. */
export async function storeContent(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("products.edit", "/dashboard/deliveries/contents");
  const by = { staffId: staff.id, address: await requestAddress() };
  const isAdding = textOf(form, "form").startsWith("add:");
  const typed = { kind: textOf(form, "kind"), text: wholeOf(form, "text"), codes: wholeOf(form, "codes") };
  const answer = { form: textOf(form, "form"), typed };
  try {
    const text = await (isAdding ? add(form, by) : set(form, by));
    refresh();
    return { ...answer, typed: {}, isDone: true, text };
  } catch (error) {
    refresh();
    return { ...answer, isDone: false, text: await whyNot(error, isAdding) };
  }
}

async function set(form: FormData, by: Person): Promise<string> {
  const content = parseContent({ kind: textOf(form, "kind"), text: wholeOf(form, "text") });
  await setContent(shop(), { sku: textOf(form, "sku"), content, by });
  const t = await getTranslations("desk.contents");
  return t("outcome.set", { title: textOf(form, "title"), kind: t(`kinds.${content.kind}`) });
}

async function add(form: FormData, by: Person): Promise<string> {
  const codes = { sku: textOf(form, "sku"), text: wholeOf(form, "codes") };
  const areNew = textOf(form, "areNew") === "yes";
  const added = await addCodes(shop(), { ...codes, by, ...(areNew && { areNew }) });
  return told(textOf(form, "title"), added);
}

async function told(title: string, { added, repeated, known }: AddedCodes): Promise<string> {
  const t = await getTranslations("desk.contents.outcome");
  const list = new Intl.ListFormat(await getLocale());
  const linesOf = (lines: number[]) => {
    const named = lines.slice(0, 20).map(String);
    return list.format(
      lines.length > named.length ? [...named, t("more", { count: lines.length - named.length })] : named,
    );
  };
  return [
    t("added", { title, count: added }),
    repeated.length > 0 && t("repeated", { lines: linesOf(repeated) }),
    known.length > 0 && t("known", { lines: linesOf(known) }),
  ]
    .filter(Boolean)
    .join(" ");
}

async function whyNot(error: unknown, isAdding: boolean): Promise<string> {
  const { code, facts } = toAppError(error);
  if (code !== "content_invalid" || !isAdding) return refusalText(await getLocale(), error);
  const t = await getTranslations("desk.contents.outcome");
  return typeof facts.line === "number"
    ? t("longLine", { line: facts.line })
    : t("nothing", { most: mostCodes });
}

/** A field with all that was typed into it. */
function wholeOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
