import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/app/ui/moment";
import { wallets } from "@/lib/refunds/wallets";
import { isOnItsWay, type Refund, standingOf } from "./standing";

/** What the status means to the buyer, and what comes next. */
export function RefundSentence({ refund, timeZone }: { refund: Refund; timeZone: string }) {
  const t = useTranslations("shop.refunds");
  const locale = useLocale();
  const at = formatMoment(new Date(refund.settledAt ?? refund.createdAt), {
    locale,
    timeZone,
    style: "short",
  });
  if (refund.automatic && isOnItsWay(refund)) return t("automatic");
  const standing = standingOf(refund);
  switch (standing) {
    case "returning":
      return t("text.returning", {
        carrier: refund.returnCarrier ?? "",
        trackingNo: refund.returnTrackingNo ?? "",
      });
    case "succeeded":
      if (refund.recvAccount === null) return t("text.succeeded", { at });
      return t.rich("text.succeededTo", { at, account: () => <Account name={refund.recvAccount ?? ""} /> });
    case "manual":
      return t("text.manual", { at, method: t(`methods.${methodOf(refund.manualMethod)}`) });
    default:
      return t(`text.${standing}`);
  }
}

/** A card by WeChat's own words for it. */
function Account({ name }: { name: string }) {
  const t = useTranslations("shop.refunds.wallets");
  const wallet = wallets.get(name);
  return wallet ? t(wallet) : <span lang="zh-CN">{name}</span>;
}

function methodOf(method: string | null) {
  const known = ["bank_transfer", "wechat_transfer", "cash"] as const;
  return known.find((one) => one === method) ?? "other";
}
