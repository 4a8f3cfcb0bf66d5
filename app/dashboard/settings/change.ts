"use server";

import { refresh, revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { requireStepUp } from "@/lib/auth/step-up";
import { AppError } from "@/lib/http/app-error";
import { problemText } from "@/lib/http/problem";
import { changeSetting } from "@/lib/settings/change-setting";
import { isSecret, isSettingKey } from "@/lib/settings/definitions";
import { shop } from "@/lib/shop";
import { textOf } from "../parts/outcome";
import { proofIn } from "../parts/step-up-proof";
import { guardsMoney } from "./groups";
import { boundsOf, kindOf, valueFrom } from "./setting-text";

/** What came of a form; what was typed is there again when it was refused. */
export type ChangeState = ({ problem: string } & { typed: string }) | { saved: string } | null;

export async function change(_: ChangeState, form: FormData): Promise<ChangeState> {
  const staff = await requireStaffOnPage("settings.change", "/dashboard/settings");
  const [key, typed] = [textOf(form, "key"), textOf(form, "value")];
  const t = await getTranslations("desk.settings");
  const locale = await getLocale();
  if (!isSettingKey(key)) return { problem: problemText(locale, "not_found"), typed };
  const isOff = form.has("off"); // The button beside a secret, whose field is always empty at first.
  if (isSecret(key) && typed === "" && !isOff) return { saved: t("unchanged") };
  try {
    if (guardsMoney.has(key)) await requireStepUp(staff, proofIn(form));
    const by = { staffId: staff.id, address: await requestAddress() };
    const { changed } = await changeSetting(shop(), {
      key,
      value: isOff ? "" : valueFrom(key, typed),
      ...by,
    });
    revalidatePath("/dashboard", "layout"); // The whole desk tells the time and the shop's name.
    return { saved: t(changed ? "saved" : "unchanged") };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "setting_invalid") {
      refresh(); // The page may have to ask who sits there.
      return { problem: problemText(locale, error.code), typed };
    }
    const problem = t(`problems.${kindOf(key)}`, boundsOf(key, locale));
    return { problem, typed: isSecret(key) ? "" : typed };
  }
}
