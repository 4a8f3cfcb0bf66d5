import { useTranslations } from "next-intl";
import { stockReasons } from "@/lib/db/schema/catalog";
import { ActionForm } from "../../parts/action-panel";
import { SelectField, Submit, TextField } from "../../parts/form-fields";

const ways = ["add", "take", "count"] as const;

/** So many more, so many fewer, or what was counted; with the reason. */
export function StockForm({ variant, name }: { variant: { id: number; productId: number }; name: string }) {
  const t = useTranslations("products.adjust");
  const fields = { productId: String(variant.productId), variantId: String(variant.id), name };
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-3 py-2">
        {t("open")}
        <span className="zg-visually-hidden"> {name}</span>
      </summary>
      <ActionForm form={`stock:${variant.id}`} fields={fields} className="grid gap-3 px-3 pt-1 pb-3">
        <div className="flex flex-wrap gap-3">
          <SelectField
            name="how"
            label={t("how")}
            initial="add"
            choices={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
          />
          <TextField
            name="amount"
            label={t("amount")}
            inputMode="numeric"
            required
            maxLength={9}
            autoComplete="off"
            className="zg-number w-28 text-end"
          />
          <SelectField
            name="reason"
            label={t("reason")}
            initial="received"
            choices={stockReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          />
        </div>
        <TextField name="note" label={t("note")} maxLength={500} autoComplete="off" className="w-full" />
        <Submit primary>{t("submit")}</Submit>
      </ActionForm>
    </details>
  );
}
