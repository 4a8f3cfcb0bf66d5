import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { ListedRefund } from "@/lib/refunds/list-refunds";
import type { RefundQueue } from "@/lib/refunds/queues";
import { Cell, Ledger, Row } from "../parts/ledger";
import { RefundLink } from "../parts/refund-link";
import { SelectBox } from "../parts/select-box";
import { RefundStatusMark } from "../parts/status";
import { ShortMoment } from "../parts/times";
import { AskedGoods } from "./asked-goods";
import { BuyerHistory } from "./buyer-history";
import { RefundReason } from "./refund-reason";
import { WaitingSince } from "./waiting-since";

type Clock = { timeZone: string; now: Date };
type Props = { refunds: ListedRefund[]; queue: RefundQueue; clock: Clock; maySelect: boolean };

const ownLength = 24; // The portal's numbers may be 64 long; ours stay on one line.

export function RefundTable({ refunds, queue, clock, maySelect }: Props) {
  const t = useTranslations("desk.refunds");
  const columns = [
    { label: t("columns.refund") },
    { label: t("columns.asked"), end: true as const },
    { label: t("columns.reason") },
    { label: t("columns.goods") },
    { label: t("columns.buyer") },
    { label: t(queue === "done" ? "columns.done" : "columns.since") },
  ];
  return (
    <Ledger label={t(`queues.${queue}.label`)} columns={columns}>
      {refunds.map((refund) => (
        <Row key={refund.id}>
          <Cell>
            <div className="flex items-baseline gap-2">
              {maySelect && (
                <SelectBox
                  name="refundNo"
                  value={refund.outRefundNo}
                  label={t("select", { refundNo: refund.outRefundNo })}
                />
              )}
              <div className="min-w-0">
                <span
                  className={
                    refund.outRefundNo.length > ownLength ? undefined : "min-[720px]:whitespace-nowrap"
                  }
                >
                  <RefundLink refundNo={refund.outRefundNo} />
                </span>
                <div>
                  <RefundStatusMark refund={refund} />
                </div>
                {refund.orderNo ? (
                  <Link className="text-s" href={`/dashboard/orders/${refund.orderNo}`} prefetch={false}>
                    {t("order")} <span className="zg-code">{refund.orderNo}</span>
                  </Link>
                ) : (
                  <span className="text-s text-soft">{t("noOrder")}</span>
                )}
              </div>
            </div>
          </Cell>
          <Cell label={t("columns.asked")} className="end">
            <Money fen={refund.refundFen} className="font-semibold" />
            {refund.refundFen !== refund.requestedFen && (
              <div className="text-s text-soft">
                {t("requested")} <Money fen={refund.requestedFen} />
              </div>
            )}
            <div className="text-s text-soft">
              {t("received")} <Money fen={refund.receivedFen} />
            </div>
            <div className="text-s text-soft">
              {t("left")} <Money fen={refund.leftFen} />
            </div>
          </Cell>
          <Cell label={t("columns.reason")}>
            <RefundReason reason={refund.reason} words={refund.reasonText} />
          </Cell>
          <Cell label={t("columns.goods")}>
            <AskedGoods goods={refund.goods} />
          </Cell>
          <Cell label={t("columns.buyer")}>
            {refund.orderNo ? (
              <BuyerHistory history={refund.history} />
            ) : (
              <span className="text-soft">—</span>
            )}
          </Cell>
          <Cell label={t(queue === "done" ? "columns.done" : "columns.since")}>
            {queue === "done" ? (
              <ShortMoment
                at={refund.settledAt ?? refund.manualPaidAt ?? refund.decidedAt ?? refund.createdAt}
                {...clock}
              />
            ) : (
              <WaitingSince refund={refund} clock={clock} />
            )}
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
