import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { asYuan } from "@/app/ui/read-yuan";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { TextField } from "../../parts/form-fields";

/** In yuan: all that was asked, or less. */
export function AmountField({ refund }: { refund: FoundRefund["refund"] }) {
  const t = useTranslations("desk.refund.approve");
  const locale = useLocale();
  return (
    <TextField
      name="amount"
      label={t("amount")}
      hint={t("amountHint", { amount: formatFen(refund.requestedFen, locale) })}
      initial={asYuan(refund.refundFen)}
      inputMode="decimal"
      autoComplete="off"
      required
      maxLength={16}
      className="zg-number w-40 text-end"
    />
  );
}
