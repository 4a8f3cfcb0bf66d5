import { useTranslations } from "next-intl";
import { batchFields } from "@/lib/batches/columns";
import type { ShownBatch } from "@/lib/batches/find-batch";
import { ActionForm } from "../../../parts/action-panel";
import { SelectField, Submit } from "../../../parts/form-fields";

/** What each column of the file is taken for. Open where something that is needed was not found. */
export function ColumnsForm({ batch }: { batch: ShownBatch }) {
  const t = useTranslations("desk.batches");
  const { header, meaning } = batch.columns ?? { header: [], meaning: {} };
  const found = new Map(Object.entries(meaning).map(([field, column]) => [column, field]));
  const choices = [
    { value: "", label: t("fields.none") },
    ...batchFields.map((value) => ({ value, label: t(`fields.${value}`) })),
  ];
  const isMissing = meaning.order === undefined || meaning.trackingNo === undefined;
  return (
    <details className="sheet mt-3 px-4 py-3" open={isMissing}>
      <summary className="cursor-pointer font-semibold">{t("columnsTitle")}</summary>
      <p className="mt-1 max-w-[60em] text-s text-soft">{t("columnsHint")}</p>
      <ActionForm form="columns" fields={{ batchId: String(batch.id) }}>
        <div className="mt-2 flex flex-wrap gap-3">
          {header.map((name, column) => (
            <SelectField
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
              key={column}
              name={`column:${column}`}
              label={name || t("columnNo", { number: column + 1 })}
              initial={found.get(column) ?? ""}
              choices={choices}
            />
          ))}
        </div>
        <Submit>{t("check")}</Submit>
      </ActionForm>
    </details>
  );
}
