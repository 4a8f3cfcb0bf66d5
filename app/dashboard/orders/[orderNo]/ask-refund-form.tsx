import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { asYuan } from "@/app/ui/read-yuan";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { staffReasons } from "@/lib/refunds/reasons";
import { ActionForm } from "../../parts/action-panel";
import { RadioField, SelectField, Submit, TextArea, TextField } from "../../parts/form-fields";

/** On the buyer's behalf: everything that is left, an amount, or so many pieces of each line. */
export function AskRefundForm({ order, refundableFen }: { order: DeskOrder; refundableFen: number }) {
  const t = useTranslations("desk.order.refunds.ask");
  const reason = useTranslations("common.refundReason");
  const locale = useLocale();
  const fields = { orderNo: order.orderNo, refundableFen: String(refundableFen) };
  return (
    <ActionForm form="askRefund" fields={fields}>
      <RadioField
        name="how"
        label={t("how")}
        initial="whole"
        choices={[
          { value: "whole", label: t("whole", { amount: formatFen(refundableFen, locale) }) },
          { value: "part", label: t("part") },
          { value: "lines", label: t("lines") },
        ]}
      />
      <TextField
        name="amount"
        label={t("amount")}
        hint={t("amountHint")}
        initial={asYuan(refundableFen)}
        inputMode="decimal"
        autoComplete="off"
        maxLength={16}
        className="zg-number w-40 text-end"
      />
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-s text-soft">{t("pieces")}</legend>
        {order.lines.map((line) => (
          <TextField
            key={line.sku}
            name={`quantity:${line.sku}`}
            label={t("piecesOf", {
              title: line.title,
              price: formatFen(line.priceFen, locale),
              count: line.quantity,
              shipped: line.shipped,
            })}
            initial="0"
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            className="zg-number w-24 text-end"
          />
        ))}
      </fieldset>
      <SelectField
        name="reason"
        label={t("reason")}
        initial="unwanted"
        choices={staffReasons.map((value) => ({ value, label: reason(value) }))}
      />
      <TextArea name="note" label={t("words")} />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
