"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { readLocalTime } from "@/lib/calendar/local-time";
import { moveDeadline } from "@/lib/deliveries/move-deadline";
import { AppError } from "@/lib/http/app-error";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";

/** Gives an order more or less time, with a reason that the audit trail keeps. */
export async function moveOrderDeadline(_: Outcome, form: FormData): Promise<Outcome> {
  const orderNo = textOf(form, "orderNo").slice(0, 64);
  const staff = await requireStaffOnPage(
    "deadlines.move",
    `/dashboard/orders/${encodeURIComponent(orderNo)}`,
  );

  const t = await getTranslations("desk.order.clock.move");
  const answer = { form: "moveDeadline", typed: typedIn(form) };
  try {
    const { timeZone } = await readSettings(shop().db);
    const to = readLocalTime(textOf(form, "to"), timeZone);
    if (!to) throw new AppError("deadline_invalid");
    const by = { staffId: staff.id, address: await requestAddress() };
    await moveDeadline(shop(), { orderNo, to, reason: textOf(form, "reason"), by });
    refresh();
    return { ...answer, isDone: true, typed: {}, text: t("done") };
  } catch (error) {
    refresh(); // Its clock may have ended since the page was made.
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
