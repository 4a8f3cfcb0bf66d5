import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import { Money } from "@/app/ui/money";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { Fact, Facts } from "../../parts/facts";
import { RefundLink } from "../../parts/refund-link";
import { OrderStatusMark, RefundStatusMark } from "../../parts/status";

type Props = { found: FoundRefund; clock: { timeZone: string; now: Date } };

/** This refund, what it comes out of, and what else goes out of the same. Only what was received is green. */
export function RefundMoney({ found, clock }: Props) {
  const t = useTranslations("desk.refund.money");
  const { refund, receipt, order, others } = found;
  return (
    <>
      <Facts>
        <Fact name={t("asked")}>
          <Money fen={refund.requestedFen} />
        </Fact>
        <Fact name={t(refund.decidedAt ? "approved" : "amount")}>
          <Money fen={refund.refundFen} className="font-semibold" />
        </Fact>
        <Fact name={t("received")}>
          <Money fen={receipt.totalFen} className="text-money" />
        </Fact>
        <Fact name={t("left")}>
          <Money fen={found.leftFen} />
        </Fact>
        {receipt.feeType !== "CNY" && <Fact name={t("currency")}>{receipt.feeType}</Fact>}
        {refund.recvAccount && <Fact name={t("wentTo")}>{refund.recvAccount}</Fact>}
        {refund.settledAt && (
          <Fact name={t(refund.status === "succeeded" ? "succeededAt" : "endedAt")}>
            <Moment at={refund.settledAt} timeZone={clock.timeZone} />
          </Fact>
        )}
      </Facts>
      <div className="border-line border-t">
        <Facts>
          {order ? (
            <>
              <Fact name={t("order")}>
                <Link className="zg-code" href={`/dashboard/orders/${order.orderNo}`} prefetch={false}>
                  {order.orderNo}
                </Link>
              </Fact>
              <Fact name={t("orderStatus")}>
                <OrderStatusMark status={order.status} closedReason={order.closedReason} />
              </Fact>
            </>
          ) : (
            <Fact name={t("order")}>
              <span className="text-soft">{t("noOrder")}</span>
            </Fact>
          )}
          <Fact name={t("paidAt")}>
            <Moment at={receipt.paidAt} timeZone={clock.timeZone} />
          </Fact>
          <Fact name={t("transaction")}>
            <span className="zg-code">{receipt.transactionId}</span>
          </Fact>
          <Fact name={t("outTradeNo")}>
            <span className="zg-code">{receipt.outTradeNo}</span>
          </Fact>
          {refund.refundId && (
            <Fact name={t("refundId")}>
              <span className="zg-code">{refund.refundId}</span>
            </Fact>
          )}
          {receipt.payer && (
            <Fact name={t("payer")}>
              <span className="zg-code">{receipt.payer}</span>
            </Fact>
          )}
        </Facts>
      </div>
      {others.length > 0 && (
        <div className="border-line border-t px-4 py-3">
          <h3 className="mb-1">{t("others")}</h3>
          <ul className="grid gap-2">
            {others.map((other) => (
              <li key={other.id}>
                <div className="flex items-baseline justify-between gap-3">
                  <RefundStatusMark refund={other} />
                  <Money fen={other.refundFen} />
                </div>
                <span className="text-s">
                  <RefundLink refundNo={other.outRefundNo} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
