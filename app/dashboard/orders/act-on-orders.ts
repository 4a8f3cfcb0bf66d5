"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { assignOrders } from "@/lib/deliveries/assign-orders";
import { problemText } from "@/lib/http/problem";
import { noteMany } from "@/lib/notes/note-many";
import { shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type Outcome, textOf, ticksOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { type Deed, deedLimits, deedRights, isLead, leads } from "./deeds";
import { ordersPath } from "./list-address";

/** Does with every order that is ticked what its button says, each with a verdict of its own. */
export async function actOnOrders(_: Outcome, form: FormData): Promise<Outcome> {
  const deed = (Object.keys(deedRights) as Deed[]).find((one) => one === textOf(form, "deed"));
  const staff = await requireStaffOnPage(deed ? deedRights[deed] : "orders.read", ordersPath);
  const t = await getTranslations("lists.selected");
  const orderNos = [...new Set(form.getAll("order").filter((value) => typeof value === "string"))];
  const answer = { form: "orders", typed: { ...typedIn(form), ...ticksOf(orderNos) } };
  if (!deed) return { ...answer, isDone: false, text: t("deedMissing") };
  if (orderNos.length === 0) return { ...answer, isDone: false, text: t("nothingSelected") };
  const most = deedLimits[deed];
  if (orderNos.length > most)
    return { ...answer, isDone: false, text: t("tooMany", { most, count: orderNos.length }) };
  if (isLead(deed))
    redirect(leads[deed] + new URLSearchParams(orderNos.map((orderNo) => ["order", orderNo])));

  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const done = deed === "note" ? await note(form, orderNos, by) : await assign(form, orderNos, by);
    refresh();
    return { ...answer, typed: {}, ...done };
  } catch (error) {
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}

async function note(form: FormData, orderNos: string[], by: Person) {
  const t = await getTranslations("lists.selected");
  const locale = await getLocale();
  const verdicts = await noteMany(shop(), { orderNos, text: textOf(form, "text"), by });
  const items = verdicts.map(({ orderNo, code }) => ({
    key: orderNo,
    isDone: code === null,
    text: code === null ? t("noted") : problemText(locale, code),
  }));
  const done = items.filter(({ isDone }) => isDone).length;
  return {
    isDone: done === items.length,
    text: t("noteResult", { done, failed: items.length - done }),
    items,
  };
}

async function assign(form: FormData, orderNos: string[], by: Person) {
  const t = await getTranslations("lists.selected");
  const wished = textOf(form, "to");
  const to = wished === "nobody" ? null : Number(wished);
  const { assigned, ended } = await assignOrders(shop(), { orderNos, to, by });
  const items = [
    ...assigned.map((orderNo) => ({ key: orderNo, isDone: true, text: t("assigned") })),
    ...ended.map((orderNo) => ({ key: orderNo, isDone: false, text: t("ended") })),
  ];
  const text = t("assignResult", { done: assigned.length, failed: ended.length });
  return { isDone: ended.length === 0, text, items };
}
