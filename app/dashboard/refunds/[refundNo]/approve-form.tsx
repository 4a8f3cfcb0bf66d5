import { useTranslations } from "next-intl";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { ActionForm } from "../../parts/action-panel";
import { CheckField, SelectField, Submit, TextArea } from "../../parts/form-fields";
import { StepUpFields } from "../../parts/step-up-fields";
import { AmountField } from "./amount-field";

type Props = { found: FoundRefund; viewer: { id: number }; undoSeconds: number };

/** All of it or a part; what becomes of the pieces; what the buyer reads. */
export function ApproveForm({ found, viewer, undoSeconds }: Props) {
  const t = useTranslations("desk.refund.approve");
  const { refund, lines } = found;
  const asked = lines.filter((line) => line.asked !== null);
  return (
    <ActionForm form="approve" fields={{ refundNo: refund.outRefundNo }}>
      <AmountField refund={refund} />
      {asked.map((line) => (
        <SelectField
          key={line.sku}
          name={`restock:${line.sku}`}
          label={t("restock", { title: line.title, count: line.asked ?? 0 })}
          initial=""
          choices={[
            { value: "", label: t(line.shipped > 0 ? "usualShipped" : "usualNotShipped") },
            { value: "yes", label: t("restockYes") },
            { value: "no", label: t("restockNo") },
          ]}
        />
      ))}
      {asked.length > 0 && <CheckField name="dropLines" label={t("dropLines")} />}
      <TextArea name="note" label={t("note")} hint={t("noteHint")} initial={refund.decisionNote ?? ""} />
      {refund.staffId === viewer.id && <p className="text-s text-warn">{t("ownRequest")}</p>}
      {undoSeconds > 0 && <p className="text-s text-soft">{t("undoHint", { seconds: undoSeconds })}</p>}
      <StepUpFields />
      <Submit primary>{t(refund.firstApprovedBy === null ? "submit" : "confirm")}</Submit>
    </ActionForm>
  );
}
