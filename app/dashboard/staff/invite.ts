"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { requireStepUp } from "@/lib/auth/step-up";
import { shop } from "@/lib/shop";
import { inviteStaff } from "@/lib/staff/invite-staff";
import { readRole } from "@/lib/staff/read-account";
import { type Outcome, textOf, typedIn } from "../parts/outcome";
import { refusalText } from "../parts/refusal-text";
import { proofIn } from "../parts/step-up-proof";
import { linkTold } from "./link-told";

/** A new account, and the link that opens it. */
export async function invite(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("staff.manage", "/dashboard/staff");
  const t = await getTranslations("staff.invite");
  const answer = { form: "invite", typed: typedIn(form) };
  try {
    const by = { staffId: staff.id, address: await requestAddress() };
    const account = {
      email: textOf(form, "email"),
      name: textOf(form, "name"),
      role: readRole(textOf(form, "role")),
    };
    await requireStepUp(staff, proofIn(form));
    const { inviteToken } = await inviteStaff(shop(), { ...account, by });
    refresh();
    return {
      ...answer,
      isDone: true,
      text: t("done", { email: account.email }),
      once: await linkTold(inviteToken),
    };
  } catch (error) {
    refresh();
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
