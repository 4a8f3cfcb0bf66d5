import { useTranslations } from "next-intl";
import type { ListedAlarm } from "@/lib/alarms/list-alarms";
import { ActionForm } from "../parts/action-panel";
import { SelectField, Submit, TextArea } from "../parts/form-fields";

type Props = { alarm: ListedAlarm; people: { id: number; name: string }[] };

/** What a person may do about an alarm that is not resolved. */
export function AlarmForms({ alarm, people }: Props) {
  const t = useTranslations("alarms");
  const fields = { alarmId: String(alarm.id) };
  const box = "rounded-md border border-line";
  const handle = "cursor-pointer px-3 py-2";
  const inside = "grid gap-3 px-3 pt-1 pb-3";
  return (
    <div className="mt-3 grid items-start gap-2 sm:grid-cols-3">
      {alarm.status === "open" && (
        <details className={box}>
          <summary className={handle}>{t("acknowledge.title")}</summary>
          <ActionForm form={`acknowledge:${alarm.id}`} fields={fields} className={inside}>
            <TextArea name="note" label={t("acknowledge.note")} />
            <Submit primary>{t("acknowledge.submit")}</Submit>
          </ActionForm>
        </details>
      )}
      <details className={box}>
        <summary className={handle}>{t("assign.title")}</summary>
        <ActionForm form={`assign:${alarm.id}`} fields={fields} className={inside}>
          <SelectField
            name="to"
            label={t("assign.to")}
            initial={String(alarm.assignedTo ?? "")}
            choices={[
              { value: "", label: t("assign.nobody") },
              ...people.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <Submit>{t("assign.submit")}</Submit>
        </ActionForm>
      </details>
      <details className={box}>
        <summary className={handle}>{t("resolve.title")}</summary>
        <ActionForm form={`resolve:${alarm.id}`} fields={fields} className={inside}>
          <TextArea name="note" label={t("resolve.note")} required />
          <Submit primary>{t("resolve.submit")}</Submit>
        </ActionForm>
      </details>
    </div>
  );
}
