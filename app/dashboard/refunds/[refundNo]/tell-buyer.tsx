import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { CopyText } from "../../parts/copy-text";
import { remedyOf } from "./remedy-of";

/** What to write to the buyer when WeChat cannot pay back: in the buyer's language, whatever the reader's. */
export function TellBuyer({ found }: { found: FoundRefund }) {
  const t = useTranslations("desk.refund.tellBuyer");
  const locale = useLocale();
  const { refund, order, receipt } = found;
  const why = remedyOf(refund.errorCode ?? "") === "account" ? "account" : "overdue";
  const text = t(`text.${why}`, {
    number: order?.orderNo ?? receipt.transactionId,
    amount: formatFen(refund.refundFen, locale),
  });
  return (
    <div>
      <h3>{t("title")}</h3>
      <p className="text-s text-soft">{t("hint")}</p>
      <CopyText
        lang="zh-CN"
        text={text}
        label={t("title")}
        words={{ copy: t("copy"), copied: t("copied") }}
      />
    </div>
  );
}
