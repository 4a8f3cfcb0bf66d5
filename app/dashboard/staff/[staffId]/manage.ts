"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { requireStepUp } from "@/lib/auth/step-up";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { proofIn } from "../../parts/step-up-proof";
import { linkTold } from "../link-told";
import { staffHref } from "../staff-href";
import { givesPower, staffDeeds } from "./available-deeds";
import { deeds } from "./deeds";

/** Every form of a person's page. */
export async function manage(_: Outcome, form: FormData): Promise<Outcome> {
  const staffId = Number(textOf(form, "staffId"));
  const staff = await requireStaffOnPage(
    "staff.manage",
    Number.isSafeInteger(staffId) ? staffHref(staffId) : "/dashboard/staff",
  );
  const deed = staffDeeds.find((one) => one === textOf(form, "form"));
  const t = await getTranslations("staff.person");
  const answer = { form: deed ?? "", typed: typedIn(form) };
  try {
    if (!deed || !Number.isSafeInteger(staffId)) throw new AppError("malformed");
    if (givesPower.includes(deed)) await requireStepUp(staff, proofIn(form));
    const by = { staffId: staff.id, address: await requestAddress() };
    const inviteToken = await deeds[deed](shop(), { staffId, by, form });
    refresh();
    const once = inviteToken === null ? undefined : await linkTold(inviteToken);
    return { ...answer, isDone: true, text: t(`done.${deed}`), once };
  } catch (error) {
    refresh(); // Another owner may have been faster.
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
