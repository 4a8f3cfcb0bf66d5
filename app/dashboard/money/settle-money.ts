"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { requireStepUp } from "@/lib/auth/step-up";
import { AppError } from "@/lib/http/app-error";
import { giveBackReceipt } from "@/lib/receipts/give-back-receipt";
import { tieReceipt } from "@/lib/receipts/tie-receipt";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { proofIn } from "../parts/step-up-proof";

/** Ties money of unclear purpose to an order, or gives it back. */
export async function settleMoney(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("money.settle", "/dashboard/money");
  const t = await getTranslations("desk.money.settle");
  const locale = await getLocale();
  const answer = { form: textOf(form, "form"), typed: typedIn(form) };
  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const receiptId = Number(textOf(form, "receiptId"));
    if (!Number.isSafeInteger(receiptId)) throw new AppError("malformed");
    const note = textOf(form, "note").slice(0, 500);
    if (!note) return { ...answer, isDone: false, text: t("noteMissing") };
    if (answer.form.startsWith("tie:")) {
      const orderNo = textOf(form, "orderNo").replace(/\D/g, "");
      const { verdict } = await tieReceipt(shop(), { receiptId, orderNo, by, note });
      refresh();
      return { ...answer, isDone: true, text: t(`tied.${verdict}`, { orderNo }) };
    }
    await requireStepUp(staff, proofIn(form));
    const { refundNo, status } = await giveBackReceipt(shop(), { receiptId, by, note });
    refresh();
    return {
      ...answer,
      isDone: true,
      text: t(status === "requested" ? "givenBackWaits" : "givenBack", { refundNo }),
    };
  } catch (error) {
    refresh(); // Somebody else may have decided meanwhile.
    return { ...answer, isDone: false, text: refusalText(locale, error) };
  }
}
