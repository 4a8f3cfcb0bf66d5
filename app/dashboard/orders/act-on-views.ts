"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deleteView } from "@/lib/views/delete-view";
import { saveView } from "@/lib/views/save-view";
import { type Outcome, textOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { addressOf, listQuery, ordersPath } from "./list-address";

/** Keeps the list's address under a name, or takes a kept one away. */
export async function actOnViews(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("orders.read", ordersPath);
  const t = await getTranslations("lists.views.answer");
  const by = { staffId: staff.id, address: await requestAddress() };
  const isDelete = textOf(form, "form") === "delete";
  const answer = { form: isDelete ? "delete" : "save", typed: typedIn(form) };
  try {
    if (isDelete) {
      const tidies = isAllowed(staff.role, "staff.manage");
      await deleteView(shop(), { id: Number(textOf(form, "id")), tidies, by });
      refresh();
      return { ...answer, isDone: true, typed: {}, text: t("deleted") };
    }
    const name = textOf(form, "name");
    const outcome = await saveView(shop(), {
      name,
      query: String(new URLSearchParams(listQuery(addressOf(textOf(form, "query"))))),
      isShared: textOf(form, "shared") === "yes",
      replaces: name !== "" && textOf(form, "over") === name,
      by,
    });
    if (outcome === "exists")
      return {
        ...answer,
        isDone: false,
        typed: { ...answer.typed, over: name },
        text: t("exists", { name }),
      };
    refresh();
    return { ...answer, isDone: true, typed: {}, text: t(outcome, { name }) };
  } catch (error) {
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
