import { useTranslations } from "next-intl";
import { passwordLength } from "@/lib/staff/password";
import { ActionForm } from "../parts/action-panel";
import { Submit, TextField } from "../parts/form-fields";
import { secretField } from "../parts/outcome";

export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("staff.account.password");
  const field = { type: "password", required: true, maxLength: 200 } as const;
  return (
    <ActionForm form="password">
      {/* For password managers: which account this is. */}
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <TextField {...field} name={`${secretField}old`} label={t("old")} autoComplete="current-password" />
      <TextField
        {...field}
        name={`${secretField}new`}
        label={t("new")}
        hint={t("hint", passwordLength)}
        autoComplete="new-password"
      />
      <TextField {...field} name={`${secretField}again`} label={t("again")} autoComplete="new-password" />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
