"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { assignOrders } from "@/lib/deliveries/assign-orders";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, ticksOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { boardPath } from "./read-query";

/** Ships every order that is ticked, on a page of its own, or gives them to somebody to pack. */
export async function actOnSelected(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("orders.ship", boardPath);
  const t = await getTranslations("desk.board.selected");
  const orderNos = form.getAll("order").filter((value) => typeof value === "string");
  const deed = (["ship", "assign"] as const).find((one) => one === textOf(form, "deed"));
  const answer = { form: "board", typed: { ...typedIn(form), ...ticksOf(orderNos) } };
  if (!deed) return { ...answer, isDone: false, text: t("deedMissing") };
  if (orderNos.length === 0) return { ...answer, isDone: false, text: t("nothingSelected") };
  if (deed === "ship")
    redirect(`${boardPath}/ship?${new URLSearchParams(orderNos.map((orderNo) => ["order", orderNo]))}`);

  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const wished = textOf(form, "to");
    const to = wished === "nobody" ? null : Number(wished);
    const { assigned, ended } = await assignOrders(shop(), { orderNos, to, by });
    refresh();
    const items = ended.map((orderNo) => ({ key: orderNo, isDone: false, text: t("ended") }));
    const text = t("assigned", { count: assigned.length });
    return { ...answer, typed: {}, isDone: ended.length === 0, text, items };
  } catch (error) {
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
