import { getTranslations } from "next-intl/server";
import { currentStaff } from "@/lib/auth/staff";
import { needsStepUp } from "@/lib/auth/step-up";
import { TextField } from "./form-fields";
import { secretField } from "./outcome";

/**
 * Where money leaves: asks in the form itself, and only when it is needed, for a code or the password, so that nothing
 * typed is lost and it works without JavaScript. The action calls `requireStepUp(staff, proofIn(form))`. Nothing is
 * `required` by the browser: another tab may have confirmed since this one was drawn. `optional` for a form that has
 * another button as well.
 */
export async function StepUpFields({ optional }: { optional?: true }) {
  const staff = await currentStaff();
  if (!staff || !(await needsStepUp())) return null;
  const t = await getTranslations("staff.stepUp");
  const field = { hint: t(optional ? "hintOptional" : "hint") };
  return staff.hasTotp ? (
    <TextField
      {...field}
      name={`${secretField}code`}
      label={t("code")}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      className="zg-code w-full sm:w-64"
    />
  ) : (
    <TextField
      {...field}
      type="password"
      name={`${secretField}password`}
      label={t("password")}
      autoComplete="current-password"
      maxLength={200}
    />
  );
}
