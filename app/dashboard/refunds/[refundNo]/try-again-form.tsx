import { useTranslations } from "next-intl";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { purses } from "@/lib/refunds/try-again";
import { ActionForm } from "../../parts/action-panel";
import { RadioField, Submit } from "../../parts/form-fields";

/** The same number again; out of another purse only where WeChat has just said that this one is empty. */
export function TryAgainForm({ refund }: { refund: FoundRefund["refund"] }) {
  const t = useTranslations("desk.refund.tryAgain");
  return (
    <ActionForm form="tryAgain" fields={{ refundNo: refund.outRefundNo }}>
      <p className="max-w-[52em] text-s text-soft">{t("hint")}</p>
      {refund.errorCode === "NOTENOUGH" && (
        <RadioField
          name="purse"
          label={t("purse")}
          initial="same"
          choices={[
            { value: "same", label: t("same") },
            ...purses.map((purse) => ({ value: purse, label: t(`purses.${purse}`) })),
          ]}
        />
      )}
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
