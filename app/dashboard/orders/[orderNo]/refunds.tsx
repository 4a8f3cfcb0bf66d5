import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { RefundOfOrder } from "@/lib/refunds/list-refunds-of-order";
import { Empty } from "../../parts/heading";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { RefundLink } from "../../parts/refund-link";
import { RefundStatusMark } from "../../parts/status";
import { ShortMoment } from "../../parts/times";
import { RefundReason } from "../../refunds/refund-reason";

type Props = { refunds: RefundOfOrder[]; clock: { timeZone: string; now: Date } };

/** Everything that goes or went back of this order, whoever asked. */
export function Refunds({ refunds, clock }: Props) {
  const t = useTranslations("desk.order.refunds");
  if (refunds.length === 0) return <Empty title={t("none")} />;
  const columns = [
    { label: t("number") },
    { label: t("status") },
    { label: t("reason") },
    { label: t("amount"), end: true as const },
    { label: t("at") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {refunds.map((refund) => (
        <Row key={refund.id}>
          <Cell>
            <RefundLink refundNo={refund.outRefundNo} />
          </Cell>
          <Cell label={t("status")}>
            <RefundStatusMark refund={refund} />
            {refund.recvAccount && <div className="text-s text-soft">{refund.recvAccount}</div>}
          </Cell>
          <Cell label={t("reason")}>
            <RefundReason reason={refund.reason} words={null} />
          </Cell>
          <Cell label={t("amount")} className="end">
            <Money fen={refund.refundFen} />
          </Cell>
          <Cell label={t("at")}>
            <ShortMoment at={refund.settledAt ?? refund.manualPaidAt ?? refund.createdAt} {...clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
