import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { MoneyRefund } from "@/lib/receipts/list-money";
import { payoutMethods } from "@/lib/refunds/record-payout";
import { RefundLink } from "../parts/refund-link";
import { RefundStatusMark } from "../parts/status";
import { ShortMoment } from "../parts/times";

type Props = { refunds: MoneyRefund[]; clock: { timeZone: string; now: Date } };

/** What became of it: each refund with its state and amount, when and how it went back, and who decided. */
export function GoneBack({ refunds, clock }: Props) {
  return (
    <ul className="grid gap-1.5">
      {refunds.map((refund) => (
        <li key={refund.outRefundNo}>
          <RefundStatusMark refund={refund} /> <Money fen={refund.refundFen} />
          <div className="text-s">
            <RefundLink refundNo={refund.outRefundNo} />
          </div>
          <div className="text-s text-soft">
            <How refund={refund} clock={clock} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function How({ refund, clock }: { refund: MoneyRefund; clock: Props["clock"] }) {
  const t = useTranslations("desk.money");
  const method = useTranslations("desk.refund.payout.methods");
  const { source, decider, paidBy, manualPaidAt, manualMethod, settledAt } = refund;
  const known = payoutMethods.find((one) => one === manualMethod);
  const who = manualPaidAt
    ? paidBy
    : source === "portal"
      ? t("by.portal")
      : (decider ?? (source === "shop" ? t("by.rule") : null));
  const how = manualPaidAt ? (known ? method(known) : manualMethod) : t("by.original");
  const at = manualPaidAt ?? settledAt;
  return (
    <>
      {at && (
        <>
          <ShortMoment at={at} {...clock} /> ·{" "}
        </>
      )}
      {how}
      {who && ` · ${who}`}
    </>
  );
}
