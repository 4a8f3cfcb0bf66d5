"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { openStaffSession } from "@/lib/auth/staff-session";
import { AppError } from "@/lib/http/app-error";
import { ownPath } from "@/lib/http/own-path";
import { shop } from "@/lib/shop";
import { type SignIn, signIn } from "@/lib/staff/sign-in";

export type SignInState = { email: string; problem: string | null };

/** Anybody may try. The answer says no more than that it did not work, or until when nobody may try again. */
export async function signInWithForm(_: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get("email") ?? "").slice(0, 200);
  const password = String(form.get("password") ?? "").slice(0, 1000);
  const t = await getTranslations("desk.signIn");
  if (!email.trim() || !password) return { email, problem: t("missing") };

  const outcome = await tryToSignIn({ email, password });
  if (outcome.kind === "too_many_requests")
    return { email, problem: t("tooMany", { seconds: outcome.waitS }) };
  if (outcome.kind === "refused") return { email, problem: t("refused") };
  if (outcome.kind === "locked")
    return { email, problem: t("locked", { minutes: minutesUntil(outcome.until) }) };
  await openStaffSession(outcome.staff);
  redirect(ownPath(String(form.get("returnTo") ?? ""), shop().environment.siteUrl) ?? "/dashboard");
}

async function tryToSignIn(given: {
  email: string;
  password: string;
}): Promise<SignIn | { kind: "too_many_requests"; waitS: number }> {
  try {
    return await signIn(shop(), { ...given, address: await requestAddress() });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "too_many_requests") throw error;
    return { kind: "too_many_requests", waitS: Math.ceil(error.facts.retryAfterS ?? 60) };
  }
}

function minutesUntil(until: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - shop().now().getTime()) / 60_000));
}
