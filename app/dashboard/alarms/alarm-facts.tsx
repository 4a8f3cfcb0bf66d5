import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatFen } from "@/app/ui/format-fen";
import { maskBody } from "@/lib/notifications/mask-body";
import { isReportRemedy } from "@/lib/wechat/report-refusal";
import { ShortMoment } from "../parts/times";

/** In this order, whatever order they were stored in. */
const known = [
  "level",
  "deliverBy",
  "channel",
  "carrier",
  "trackingNo",
  "failReason",
  "title",
  "sku",
  "missing",
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
  "reportedAt",
  "call",
  "code",
  "text",
  "errorText",
  "remedy",
  "task",
  "attempts",
  "error",
  "kind",
  "source",
  "reason",
] as const;

const amounts: readonly string[] = ["totalFen", "refundFen"];
const moments: readonly string[] = ["deliverBy", "validTo", "reportedAt"];

type Props = { facts: Record<string, unknown>; clock: { timeZone: string; now: Date } };

/** What the alarm was raised with. Values may quote somebody else's text: whatever identifies is masked. */
export function AlarmFacts({ facts, clock }: Props) {
  const t = useTranslations("alarms.facts");
  const locale = useLocale();
  const shown = known.filter(
    (name) =>
      facts[name] !== undefined &&
      facts[name] !== null &&
      facts[name] !== "" &&
      !(name === "remedy" && isReportRemedy(facts[name])), // Said in words above.
  );
  if (shown.length === 0) return null;
  const show = (name: string, value: unknown): ReactNode => {
    if (amounts.includes(name)) return formatFen(Number(value), locale);
    const at = momentOf(name, value);
    if (at) return <ShortMoment at={at} {...clock} />;
    return maskBody(new TextEncoder().encode(String(value))).text;
  };
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-s">
      {shown.map((name) => (
        <div key={name} className="contents">
          <dt className="text-soft">{t(name)}</dt>
          <dd className="zg-code break-words">{show(name, facts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A fact as text; null when it is none. */
export function textFact(facts: Record<string, unknown>, name: string): string | null {
  const value = facts[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

/** WeChat's time stamps are in seconds, ours are RFC 3339; what is neither is shown as it was said. */
function momentOf(name: string, value: unknown): Date | null {
  const at =
    name === "timeStamp"
      ? new Date(Number(value) * 1000)
      : moments.includes(name)
        ? new Date(String(value))
        : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}
