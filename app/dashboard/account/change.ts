"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { type Outcome, textOf } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { accountDeeds, isAccountDeed } from "./deeds";

/** Every form of one's own account. Nothing that was typed comes back: most of it is secret. */
export async function change(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("account.edit", "/dashboard/account");
  const deed = textOf(form, "form");
  const t = await getTranslations("staff.account");
  const answer = { form: deed, typed: {} };
  try {
    if (!isAccountDeed(deed)) throw new AppError("malformed");
    const by = { staffId: staff.id, address: await requestAddress() };
    const { isDone, text, codes } = await accountDeeds[deed]({ staff, by, form });
    refresh();
    const once = codes && {
      label: t("totp.keepCodes"),
      texts: codes,
      words: { copy: t("totp.copy"), copied: t("totp.copied") },
    };
    return { ...answer, isDone, text, once };
  } catch (error) {
    refresh();
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
