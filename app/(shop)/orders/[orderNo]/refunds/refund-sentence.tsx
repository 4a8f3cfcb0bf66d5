import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/app/ui/moment";
import { type Refund, standingOf } from "./standing";

/** What the status means to the buyer, and what comes next. */
export function RefundSentence({ refund, timeZone }: { refund: Refund; timeZone: string }) {
  const t = useTranslations("shop.refunds");
  const locale = useLocale();
  const at = formatMoment(new Date(refund.settledAt ?? refund.createdAt), {
    locale,
    timeZone,
    style: "short",
  });
  const standing = standingOf(refund);
  switch (standing) {
    case "returning":
      return t("text.returning", {
        carrier: refund.returnCarrier ?? "",
        trackingNo: refund.returnTrackingNo ?? "",
      });
    case "succeeded":
      return refund.recvAccount === null
        ? t("text.succeeded", { at })
        : t.rich("text.succeededTo", {
            at,
            account: () => <span lang="zh-CN">{refund.recvAccount}</span>, // WeChat's own words.
          });
    case "manual":
      return t("text.manual", { at, method: t(`methods.${methodOf(refund.manualMethod)}`) });
    default:
      return t(`text.${standing}`);
  }
}

function methodOf(method: string | null) {
  const known = ["bank_transfer", "wechat_transfer", "cash"] as const;
  return known.find((one) => one === method) ?? "other";
}
