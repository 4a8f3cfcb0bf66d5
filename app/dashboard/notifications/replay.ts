"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { replayByHand } from "@/lib/notifications/replay-by-hand";
import { shop } from "@/lib/shop";
import { type Outcome, textOf } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";

/** Judges a notification once more that failed on our side, and says what came of it. */
export async function replay(_: Outcome, form: FormData): Promise<Outcome> {
  const name = textOf(form, "form").slice(0, 64);
  const number = /^replay:([1-9]\d{0,14})$/.exec(name)?.[1] ?? "0";
  const staff = await requireStaffOnPage("notifications.replay", `/dashboard/notifications/${number}`);

  const t = await getTranslations("desk.notifications.replay");
  const verdicts = await getTranslations("desk.verdict");
  const answer = { form: name, typed: {} };
  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const replayed = await replayByHand(shop(), { id: Number(number), by });
    refresh();
    const { code, reason } = replayed.answer;
    if (replayed.verdict === "failed")
      return { ...answer, isDone: false, text: t("failed", { reason: `${code}: ${reason}` }) };
    const told = {
      verdict: verdicts(replayed.verdict),
      answer: code === "SUCCESS" ? code : `${code}: ${reason}`,
    };
    return { ...answer, isDone: true, text: t("done", told) };
  } catch (error) {
    refresh(); // Somebody else may have been faster.
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
