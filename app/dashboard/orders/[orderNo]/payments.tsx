import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { Empty } from "../../parts/heading";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { PaymentStatusMark } from "../../parts/status";
import { ShortMoment } from "../../parts/times";

type Props = { payments: DeskOrder["payments"]; clock: { timeZone: string; now: Date } };

export function Payments({ payments, clock }: Props) {
  const t = useTranslations("desk.order.payments");
  if (payments.length === 0) return <Empty title={t("none")}>{t("noneHint")}</Empty>;
  const columns = [
    { label: t("number") },
    { label: t("type") },
    { label: t("status") },
    { label: t("amount"), end: true as const },
    { label: t("at") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {payments.map((payment) => (
        <Row key={payment.id}>
          <Cell>
            <span className="zg-code">{payment.outTradeNo}</span>
            {payment.transactionId && (
              <div className="text-s text-soft">
                {t("transaction")} <span className="zg-code">{payment.transactionId}</span>
              </div>
            )}
          </Cell>
          <Cell label={t("type")}>
            {t(`types.${payment.tradeType}`)} <span className="text-s text-soft">{payment.signType}</span>
          </Cell>
          <Cell label={t("status")}>
            <PaymentStatusMark status={payment.status} />
            {payment.supersededAt && <div className="text-s text-soft">{t("superseded")}</div>}
          </Cell>
          <Cell label={t("amount")} className="end">
            <Money fen={payment.totalFen} className={payment.status === "paid" ? "text-money" : undefined} />
          </Cell>
          <Cell label={t("at")}>
            <ShortMoment at={payment.paidAt ?? payment.createdAt} {...clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
