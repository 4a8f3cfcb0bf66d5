"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { deedRights, type OrderDeed, orderDeeds } from "./order-deeds";

const deeds = Object.keys(deedRights) as OrderDeed[];

/** Every form of an order's page. A form is named by its deed and what it is about; the right stands beside the deed. */
export async function actOnOrder(_: Outcome, form: FormData): Promise<Outcome> {
  const orderNo = textOf(form, "orderNo").slice(0, 64);
  const name = textOf(form, "form").slice(0, 64);
  const [word, number = ""] = name.split(":");
  const deed = deeds.find((known) => known === word);
  const path = `/dashboard/orders/${encodeURIComponent(orderNo)}`;
  const staff = await requireStaffOnPage(deed ? deedRights[deed] : "orders.read", path);

  const t = await getTranslations("order.done");
  const locale = await getLocale();
  const answer = { form: name, typed: typedIn(form) };
  try {
    if (!deed) throw new AppError("malformed");
    const by = { staffId: staff.id, address: await requestAddress() };
    const id = /^\d{1,15}$/.test(number) ? Number(number) : 0;
    const done = await orderDeeds[deed](shop(), { orderNo, id, by, form });
    refresh();
    const text = done.word === "askRefund" ? t("askRefund", { refundNo: done.refundNo }) : t(done.word);
    return { ...answer, isDone: true, text };
  } catch (error) {
    refresh(); // Whatever it was refused for may have changed the page.
    return { ...answer, isDone: false, text: refusalText(locale, error) };
  }
}
