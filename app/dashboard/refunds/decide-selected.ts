"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { requireStepUp } from "@/lib/auth/step-up";
import { problemText } from "@/lib/http/problem";
import { decideMany } from "@/lib/refunds/decide-many";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, ticksOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { proofIn } from "../parts/step-up-proof";

/** Approves or rejects every request that is ticked, and says of each what became of it. */
export async function decideSelected(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("refunds.approve", "/dashboard/refunds");
  const t = await getTranslations("desk.refunds.batch");
  const refundNos = form.getAll("refundNo").filter((value) => typeof value === "string");
  const verdict = (["approve", "reject"] as const).find((one) => one === textOf(form, "verdict"));
  const answer = { form: "batch", typed: { ...typedIn(form), ...ticksOf(refundNos) } };
  if (!verdict) return { ...answer, isDone: false, text: t("verdictMissing") };
  if (refundNos.length === 0) return { ...answer, isDone: false, text: t("nothingSelected") };
  const note = textOf(form, "note") || null;
  if (verdict === "reject" && note === null) return { ...answer, isDone: false, text: t("reasonMissing") };

  const locale = await getLocale();
  try {
    if (verdict === "approve") await requireStepUp(staff, proofIn(form));
    const by = { staffId: staff.id, address: await requestAddress() };
    const verdicts = await decideMany(shop(), { refundNos, verdict, note, by });
    refresh();
    const items = verdicts.map(({ refundNo, code, status, waitsForSecond }) => ({
      key: refundNo,
      isDone: code === null,
      text:
        code !== null
          ? problemText(locale, code)
          : waitsForSecond
            ? t("done.waits")
            : t(`done.${status === "rejected" ? "rejected" : "approved"}`),
    }));
    const done = items.filter((item) => item.isDone).length;
    const text = t("result", { done, failed: items.length - done });
    return { ...answer, typed: {}, isDone: done === items.length, text, items };
  } catch (error) {
    refresh(); // The page may have to ask who sits there.
    return { ...answer, isDone: false, text: refusalText(locale, error) };
  }
}
