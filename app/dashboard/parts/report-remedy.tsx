import { useTranslations } from "next-intl";
import type { ReportRemedy } from "@/lib/wechat/report-refusal";

/** What to do about a delivery report that WeChat did not take, in words. */
export function ReportRemedyText({ remedy }: { remedy: ReportRemedy }) {
  const t = useTranslations("desk.reportRemedies");
  return <>{t(remedy)}</>;
}
