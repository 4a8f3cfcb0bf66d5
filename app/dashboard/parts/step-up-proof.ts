import type { Proof } from "@/lib/staff/confirm-person";
import { secretOf } from "./outcome";

/** What was typed into `StepUpFields`, if the form had them. */
export function proofIn(form: FormData): Proof {
  return { code: secretOf(form, "code").trim(), password: secretOf(form, "password") };
}
