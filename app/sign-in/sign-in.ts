"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { hrefOf } from "@/app/dashboard/parts/query";
import { openSecondStep } from "@/lib/auth/second-step";
import { requestAddress } from "@/lib/auth/staff";
import { openStaffSession } from "@/lib/auth/staff-session";
import { shop } from "@/lib/shop";
import { signIn } from "@/lib/staff/sign-in";
import { minutesUntil, orWait, returnTo } from "./attempts";

export type SignInState = { email: string; problem: string | null };

/** Anybody may try. The answer says no more than that it did not work, or until when nobody may try again. */
export async function signInWithForm(_: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get("email") ?? "").slice(0, 200);
  const password = String(form.get("password") ?? "").slice(0, 1000);
  const t = await getTranslations("desk.signIn");
  if (!email.trim() || !password) return { email, problem: t("missing") };

  const address = await requestAddress();
  const outcome = await orWait(() => signIn(shop(), { email, password, address }));
  if (outcome.kind === "too_many_requests")
    return { email, problem: t("tooMany", { seconds: outcome.waitS }) };
  if (outcome.kind === "refused") return { email, problem: t("refused") };
  if (outcome.kind === "locked")
    return { email, problem: t("locked", { minutes: minutesUntil(outcome.until) }) };
  if (outcome.kind === "code_needed") {
    await openSecondStep(outcome.staff);
    redirect(hrefOf("/sign-in/code", { returnTo: returnTo(form) }));
  }
  await openStaffSession(outcome.staff);
  redirect(returnTo(form));
}
