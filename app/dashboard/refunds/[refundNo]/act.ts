"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { requireStepUp } from "@/lib/auth/step-up";
import { AppError } from "@/lib/http/app-error";
import { type RefundAction, refundActions } from "@/lib/refunds/available-actions";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refundHref } from "../../parts/refund-link";
import { refusalText } from "../../parts/refusal-text";
import { proofIn } from "../../parts/step-up-proof";
import { deeds } from "./deeds";

const actions = Object.keys(refundActions) as RefundAction[];
const letsMoneyLeave: readonly RefundAction[] = ["approve", "askReturn", "recordPayout"];

/** Every form of a refund's page. Which right it takes is written beside each action's name. */
export async function act(_: Outcome, form: FormData): Promise<Outcome> {
  const refundNo = textOf(form, "refundNo").slice(0, 64);
  const action = actions.find((one) => one === textOf(form, "form"));
  const staff = await requireStaffOnPage(
    action ? refundActions[action] : "refunds.read",
    refundHref(refundNo),
  );

  const t = await getTranslations("desk.refund.done");
  const locale = await getLocale();
  const answer = { form: action ?? "", typed: typedIn(form) };
  try {
    if (!action) throw new AppError("malformed");
    if (letsMoneyLeave.includes(action)) await requireStepUp(staff, proofIn(form));
    const by = { staffId: staff.id, address: await requestAddress() };
    const done = await deeds[action](shop(), { refundNo, by, form });
    refresh();
    return { ...answer, isDone: true, text: t(done) };
  } catch (error) {
    refresh(); // Whatever it was refused for may have changed the page.
    return { ...answer, isDone: false, text: refusalText(locale, error) };
  }
}
