"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { hrefOf } from "@/app/dashboard/parts/query";
import { closeSecondStep, readSecondStep } from "@/lib/auth/second-step";
import { requestAddress } from "@/lib/auth/staff";
import { openStaffSession } from "@/lib/auth/staff-session";
import { shop } from "@/lib/shop";
import { finishSignIn } from "@/lib/staff/finish-sign-in";
import { minutesUntil, orWait, returnTo } from "../attempts";

export type CodeState = { problem: string | null };

/** Only for a browser in which the password was right a moment ago; everybody else is sent back to it. */
export async function enterCode(_: CodeState, form: FormData): Promise<CodeState> {
  const path = returnTo(form);
  const step = await readSecondStep();
  if (!step) redirect(hrefOf("/sign-in", { returnTo: path, again: 1 }));

  const t = await getTranslations("desk.signIn");
  const typed = String(form.get("code") ?? "").slice(0, 100);
  if (!typed.trim()) return { problem: t("codeMissing") };
  const address = await requestAddress();
  const outcome = await orWait(() => finishSignIn(shop(), { ...step, typed, address }));
  switch (outcome.kind) {
    case "too_many_requests":
      return { problem: t("tooMany", { seconds: outcome.waitS }) };
    case "locked":
      return { problem: t("locked", { minutes: minutesUntil(outcome.until) }) };
    case "refused":
      return { problem: t("codeRefused") };
    case "unreadable":
      return { problem: t("codeUnreadable") };
    case "start_again":
      await closeSecondStep();
      return redirect(hrefOf("/sign-in", { returnTo: path, again: 1 }));
    case "signed_in":
      await closeSecondStep();
      await openStaffSession(outcome.staff);
      return redirect(
        outcome.left === null ? path : hrefOf("/dashboard/account", { recovered: 1, returnTo: path }),
      );
  }
}
