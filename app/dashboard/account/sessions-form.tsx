import { useTranslations } from "next-intl";
import { ActionForm } from "../parts/action-panel";
import { Submit } from "../parts/form-fields";

export function SessionsForm() {
  const t = useTranslations("staff.account.sessions");
  return (
    <ActionForm form="endSessions">
      <p className="text-s text-soft">{t("hint")}</p>
      <Submit>{t("submit")}</Submit>
    </ActionForm>
  );
}
