"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { parseRefundRequest } from "@/lib/refunds/refund-request";
import { requestRefund } from "@/lib/refunds/request-refund";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { readAsked } from "./read-asked";

/** Asks for a refund on the buyer's behalf; who approves it is another matter. */
export async function askRefund(_: Outcome, form: FormData): Promise<Outcome> {
  const orderNo = textOf(form, "orderNo").slice(0, 64);
  const staff = await requireStaffOnPage(
    "refunds.request",
    `/dashboard/orders/${encodeURIComponent(orderNo)}`,
  );

  const t = await getTranslations("desk.order.refunds.ask");
  const locale = await getLocale();
  const answer = { form: "askRefund", typed: typedIn(form) };
  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const asked = { orderNo, reason: textOf(form, "reason"), note: textOf(form, "note") };
    const request = parseRefundRequest({ ...asked, ...(await readAsked(shop(), form)) }, "staff");
    const { refundNo } = await requestRefund(shop(), { by, request, idempotencyKey: null });
    refresh();
    return { ...answer, isDone: true, text: t("done", { refundNo }) };
  } catch (error) {
    refresh(); // What is left may have changed since the page was made.
    return { ...answer, isDone: false, text: refusalText(locale, error) };
  }
}
