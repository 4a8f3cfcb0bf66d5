"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { openSecondStep } from "@/lib/auth/second-step";
import { requestAddress } from "@/lib/auth/staff";
import { openStaffSession } from "@/lib/auth/staff-session";
import { shop } from "@/lib/shop";
import { acceptInvite } from "@/lib/staff/accept-invite";
import { passwordLength } from "@/lib/staff/password";

export type ChoosePasswordState = { field: "password" | "again" | null; problem: string | null };

/** Whoever holds the link may use it, once. */
export async function choosePassword(_: ChoosePasswordState, form: FormData): Promise<ChoosePasswordState> {
  const password = String(form.get("password") ?? "");
  const t = await getTranslations("desk.invite");
  if (password !== form.get("again")) return { field: "again", problem: t("differs") };

  const token = String(form.get("token") ?? "");
  const outcome = await acceptInvite(shop(), { token, password, address: await requestAddress() });
  if (outcome.kind === "link_is_dead") return { field: null, problem: t("dead") };
  if (outcome.kind === "password_refused")
    return { field: "password", problem: t(`problems.${outcome.problem}`, passwordLength) };
  if (outcome.staff.hasTotp) {
    await openSecondStep(outcome.staff); // A link stands for the password, never for the second factor.
    redirect("/sign-in/code");
  }
  await openStaffSession(outcome.staff);
  redirect("/dashboard");
}
