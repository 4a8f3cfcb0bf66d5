"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { deliveryDeeds } from "./delivery-deeds";

const deeds = Object.keys(deliveryDeeds) as (keyof typeof deliveryDeeds)[];

/** Every form about an order's deliveries. A form is named by its deed and what it is about. */
export async function actOnDelivery(_: Outcome, form: FormData): Promise<Outcome> {
  const orderNo = textOf(form, "orderNo").slice(0, 64);
  const staff = await requireStaffOnPage("orders.ship", `/dashboard/orders/${encodeURIComponent(orderNo)}`);

  const t = await getTranslations("desk.order.deliveries.done");
  const locale = await getLocale();
  const name = textOf(form, "form").slice(0, 64);
  const answer = { form: name, typed: typedIn(form) };
  try {
    const [word, number = ""] = name.split(":");
    const deed = deeds.find((known) => known === word);
    if (!deed) throw new AppError("malformed");
    const by = { staffId: staff.id, address: await requestAddress() };
    const id = /^\d{1,15}$/.test(number) ? Number(number) : 0;
    const done = await deliveryDeeds[deed](shop(), { orderNo, id, by, form });
    refresh();
    return { ...answer, isDone: true, text: t(done) };
  } catch (error) {
    refresh(); // Whatever it was refused for may have changed the page.
    return { ...answer, isDone: false, text: refusalText(locale, error) };
  }
}
