import { useTranslations } from "next-intl";
import type { NotificationVerdict } from "@/lib/db/schema/notifications";
import { ActionForm } from "../parts/action-panel";
import { Submit } from "../parts/form-fields";

/** For a message that failed on our side; nothing for any other, and a reason for who may not. */
export function ReplayForm({
  row,
  mayReplay,
}: {
  row: { id: number; verdict: NotificationVerdict };
  mayReplay: boolean;
}) {
  const t = useTranslations("desk.notifications.replay");
  if (row.verdict !== "failed") return null;
  if (!mayReplay) return <span className="text-s text-soft">{t("mayNot")}</span>;
  return (
    <ActionForm form={`replay:${row.id}`} className="mt-1">
      <Submit>{t("submit")}</Submit>
    </ActionForm>
  );
}
