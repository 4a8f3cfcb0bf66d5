import { useTranslations } from "next-intl";
import { refundReasons } from "@/lib/refunds/reasons";

/** The reason from the list, and below it the asker's own words. */
export function RefundReason({ reason, words }: { reason: string; words: string | null }) {
  const t = useTranslations("common.refundReason");
  const known = refundReasons.find((one) => one === reason);
  return (
    <>
      <div>{known ? t(known) : reason}</div>
      {words && <div className="max-w-[26em] text-s text-soft whitespace-pre-line">{words}</div>}
    </>
  );
}
