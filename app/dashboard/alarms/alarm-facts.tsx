import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { maskBody } from "@/lib/notifications/mask-body";
import { isReportRemedy } from "@/lib/wechat/report-refusal";
import { ReportRemedyText } from "../parts/report-remedy";

/** In this order, whatever order they were stored in. */
const known = [
  "title",
  "sku",
  "missing",
  "carrier",
  "trackingNo",
  "outRefundNo",
  "refundFen",
  "refundStatus",
  "what",
  "validTo",
  "days",
  "serialNumber",
  "appId",
  "outTradeNo",
  "transactionId",
  "totalFen",
  "feeType",
  "errorType",
  "description",
  "alarmContent",
  "timeStamp",
  "call",
  "code",
  "text",
  "remedy",
  "task",
  "attempts",
  "error",
  "kind",
  "source",
  "reason",
] as const;

/** What the alarm was raised with. Values may quote somebody else's text: whatever identifies is masked. */
export function AlarmFacts({ facts }: { facts: Record<string, unknown> }) {
  const t = useTranslations("desk.alarms.facts");
  const locale = useLocale();
  const shown = known.filter(
    (name) => facts[name] !== undefined && facts[name] !== null && facts[name] !== "",
  );
  if (shown.length === 0) return null;
  const show = (name: string, value: unknown) =>
    name === "totalFen" || name === "refundFen"
      ? formatFen(Number(value), locale)
      : maskBody(new TextEncoder().encode(String(value))).text;
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-s">
      {shown.map((name) => (
        <div key={name} className="contents">
          <dt className="text-soft">{t(name)}</dt>
          {name === "remedy" && isReportRemedy(facts[name]) ? (
            <dd>
              <ReportRemedyText remedy={facts[name]} />
            </dd>
          ) : (
            <dd className="zg-code">{show(name, facts[name])}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}
