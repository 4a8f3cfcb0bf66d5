import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { WaitingMoney } from "@/lib/receipts/list-money";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Mark } from "../parts/mark";
import { ShortMoment, useSpan } from "../parts/times";

type Props = { money: WaitingMoney[]; clock: { timeZone: string; now: Date } };

export function MoneyTable({ money, clock }: Props) {
  const t = useTranslations("desk.money");
  const span = useSpan();
  const columns = [
    { label: t("columns.what") },
    { label: t("columns.amount"), end: true as const },
    { label: t("columns.todo") },
    { label: t("columns.whom") },
    { label: t("columns.since") },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {money.map((row) => (
        <Row key={row.id}>
          <Cell>
            <Mark shape="wedge" tone={row.verdict === "surplus" ? "warn" : "danger"}>
              {t(`reasons.${reasonOf(row)}.what`)}
            </Mark>
            <div className="zg-code text-s">{row.transactionId}</div>
            {row.orderNo ? (
              <Link className="text-s" href={`/dashboard/orders/${row.orderNo}`} prefetch={false}>
                {t("order")} <span className="zg-code">{row.orderNo}</span>
              </Link>
            ) : (
              <span className="text-s text-soft">
                {t("outTradeNo")} <span className="zg-code">{row.outTradeNo}</span>
              </span>
            )}
          </Cell>
          <Cell label={t("columns.amount")} className="end">
            <Money fen={row.totalFen} className="font-semibold" />
            {row.feeType !== "CNY" && <div className="text-s text-danger">{row.feeType}</div>}
            {row.verdict === "mismatch" && row.askedFen !== null && (
              <div className="text-s text-soft">
                {t("asked")} <Money fen={row.askedFen} />
              </div>
            )}
          </Cell>
          <Cell label={t("columns.todo")}>
            <p className="max-w-[28em]">{t(`reasons.${reasonOf(row)}.todo`)}</p>
          </Cell>
          <Cell label={t("columns.whom")}>
            {row.payer ? (
              <span className="zg-code">{row.payer}</span>
            ) : (
              <span className="text-soft">{t("noPayer")}</span>
            )}
          </Cell>
          <Cell label={t("columns.since")}>
            <ShortMoment at={row.paidAt} {...clock} />
            <div className="text-s text-soft">
              {t("age", { span: span(Math.max(0, clock.now.getTime() - row.paidAt.getTime())) })}
            </div>
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

const reasons = ["late", "surplus", "second_transaction", "mismatch", "unknown"] as const;

function reasonOf(row: WaitingMoney): (typeof reasons)[number] {
  return reasons.find((reason) => reason === row.reason) ?? row.verdict;
}
