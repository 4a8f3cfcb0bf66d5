import { useTranslations } from "next-intl";
import { asLocalTime } from "@/lib/calendar/local-time";
import { payoutMethods } from "@/lib/refunds/record-payout";
import { ActionForm } from "../../parts/action-panel";
import { SelectField, Submit, TextArea, TextField } from "../../parts/form-fields";
import { StepUpFields } from "../../parts/step-up-fields";

/** How, under which reference and when somebody has paid back what WeChat cannot. */
export function PayoutForm({
  refundNo,
  clock,
}: {
  refundNo: string;
  clock: { timeZone: string; now: Date };
}) {
  const t = useTranslations("desk.refund.payout");
  return (
    <ActionForm form="recordPayout" fields={{ refundNo }}>
      <SelectField
        name="method"
        label={t("method")}
        initial="bank_transfer"
        choices={payoutMethods.map((method) => ({ value: method, label: t(`methods.${method}`) }))}
      />
      <TextField
        name="reference"
        label={t("reference")}
        hint={t("referenceHint")}
        maxLength={100}
        autoComplete="off"
      />
      <TextField
        name="paidAt"
        type="datetime-local"
        label={t("paidAt", { timeZone: clock.timeZone })}
        initial={asLocalTime(clock.now, clock.timeZone)}
        required
      />
      <TextArea name="note" label={t("note")} />
      <StepUpFields />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
