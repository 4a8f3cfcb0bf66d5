"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";
import { deeds, type MemberAction, memberActions } from "./deeds";
import { readMemberId } from "./read-member-id";

const actions = Object.keys(memberActions) as MemberAction[];

/** Every form of a member's page. Which right it takes is written beside each action's name. */
export async function act(_: Outcome, form: FormData): Promise<Outcome> {
  const memberId = readMemberId(textOf(form, "memberId"));
  const asked = textOf(form, "form");
  const action = actions.find((one) => one === asked.split(":")[0]);
  const staff = await requireStaffOnPage(
    action ? memberActions[action] : "members.read",
    `/dashboard/members/${memberId ?? ""}`,
  );

  const t = await getTranslations("members.one.done");
  const answer = { form: asked, typed: typedIn(form) };
  try {
    if (!action || memberId === null) throw new AppError("malformed");
    const by = { staffId: staff.id, address: await requestAddress() };
    const done = await deeds[action](shop(), { memberId, by, form });
    refresh();
    return { ...answer, isDone: true, text: t(done) };
  } catch (error) {
    refresh(); // Whatever it was refused for may have changed the page.
    return { ...answer, isDone: false, text: refusalText(await getLocale(), error) };
  }
}
