import { useTranslations } from "next-intl";
import { staffRoles } from "@/lib/db/schema/staff";
import { ActionForm } from "../parts/action-panel";
import { SelectField, Submit, TextField } from "../parts/form-fields";
import { StepUpFields } from "../parts/step-up-fields";

/** Somebody new: an address, a role, and a link that the owner passes on. */
export function InviteForm() {
  const t = useTranslations("staff.invite");
  return (
    <ActionForm form="invite">
      <TextField name="email" type="email" label={t("email")} required maxLength={200} autoComplete="off" />
      <TextField name="name" label={t("name")} hint={t("nameHint")} maxLength={50} autoComplete="off" />
      <RoleField initial="support" />
      <p className="max-w-[34em] text-s text-soft">{t("linkHint")}</p>
      <StepUpFields />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}

/** Each role with what it is for. */
export function RoleField({ initial }: { initial: string }) {
  const t = useTranslations("staff.invite");
  const role = useTranslations("desk.roles");
  return (
    <SelectField
      name="role"
      label={t("role")}
      initial={initial}
      choices={staffRoles.map((one) => ({
        value: one,
        label: t("roleChoice", { role: role(one), what: t(`roleIsFor.${one}`) }),
      }))}
    />
  );
}
