import { useTranslations } from "next-intl";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { ActionForm } from "../../parts/action-panel";
import { RadioField, Submit, TextArea } from "../../parts/form-fields";
import { StepUpFields } from "../../parts/step-up-fields";
import { AmountField } from "./amount-field";

/** Approved on condition that the goods come back: the buyer reads where to send them. */
export function AskReturnForm({ refund }: { refund: FoundRefund["refund"] }) {
  const t = useTranslations("desk.refund.return");
  return (
    <ActionForm form="askReturn" fields={{ refundNo: refund.outRefundNo }}>
      <AmountField refund={refund} />
      <TextArea name="note" label={t("address")} hint={t("addressHint")} required />
      <StepUpFields />
      <Submit>{t("ask")}</Submit>
    </ActionForm>
  );
}

export function ReceiveForm({ refundNo }: { refundNo: string }) {
  const t = useTranslations("desk.refund.return");
  return (
    <ActionForm form="receiveReturn" fields={{ refundNo }}>
      <RadioField
        name="restock"
        label={t("condition")}
        choices={[
          { value: "yes", label: t("sellable") },
          { value: "no", label: t("notSellable") },
        ]}
      />
      <Submit primary>{t("receive")}</Submit>
    </ActionForm>
  );
}

export function RefuseForm({ refundNo }: { refundNo: string }) {
  const t = useTranslations("desk.refund.return");
  return (
    <ActionForm form="refuseReturn" fields={{ refundNo }}>
      <TextArea name="note" label={t("refuseNote")} hint={t("refuseHint")} required />
      <Submit>{t("refuse")}</Submit>
    </ActionForm>
  );
}
