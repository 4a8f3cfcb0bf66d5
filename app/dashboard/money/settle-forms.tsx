import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import type { ListedMoney } from "@/lib/receipts/list-money";
import { ActionForm } from "../parts/action-panel";
import { Submit, TextArea, TextField } from "../parts/form-fields";
import { StepUpFields } from "../parts/step-up-fields";

/** The two ways out for money of unclear purpose, each with what it will do. */
export function SettleForms(props: {
  row: ListedMoney;
  leftFen: number;
  maySettle: boolean;
  /** Once anything of it has gone back, it is no order's payment any more. */
  mayTie: boolean;
}) {
  const { row } = props;
  const t = useTranslations("desk.money.settle");
  const locale = useLocale();
  if (!props.maySettle) return <p className="mt-2 text-s text-soft">{t("mayNot")}</p>;
  const fields = { receiptId: String(row.id) };
  return (
    <div className="mt-2 grid gap-2">
      {props.mayTie && (
        <details className="rounded-md border border-line">
          <summary className="cursor-pointer px-3 py-2">{t("tie")}</summary>
          <ActionForm form={`tie:${row.id}`} fields={fields} className="grid gap-3 px-3 pt-1 pb-3">
            <p className="max-w-[34em] text-s text-soft">{t("tieDoes")}</p>
            <TextField
              name="orderNo"
              label={t("orderNo")}
              initial={row.orderNo ?? ""}
              required
              maxLength={32}
              inputMode="numeric"
              autoComplete="off"
              className="zg-code w-full"
            />
            <TextArea name="note" label={t("note")} required />
            <Submit primary>{t("tieSubmit")}</Submit>
          </ActionForm>
        </details>
      )}
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2">{t("giveBack")}</summary>
        <ActionForm form={`giveBack:${row.id}`} fields={fields} className="grid gap-3 px-3 pt-1 pb-3">
          <p className="max-w-[34em] text-s text-soft">
            {t("giveBackDoes", { amount: formatFen(props.leftFen, locale) })}
          </p>
          <TextArea name="note" label={t("note")} required />
          <StepUpFields />
          <Submit primary>{t("giveBackSubmit")}</Submit>
        </ActionForm>
      </details>
    </div>
  );
}
