import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { WaitingMoney } from "@/lib/receipts/list-money";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Mark, type Shape, type Tone } from "../parts/mark";
import { RefundLink } from "../parts/refund-link";
import { RefundStatusMark } from "../parts/status";
import { ShortMoment, useSpan } from "../parts/times";
import { SettleForms } from "./settle-forms";

type Props = { money: WaitingMoney[]; clock: { timeZone: string; now: Date }; maySettle: boolean };

export function MoneyTable({ money, clock, maySettle }: Props) {
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
            <Mark {...lookOf(row)}>{t(`reasons.${reasonOf(row)}.what`)}</Mark>
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
          <Cell label={mayBeSettled(row) ? undefined : t("columns.todo")}>
            {row.refunds.length > 0 ? (
              <GoneBack row={row} />
            ) : (
              <p className="max-w-[28em]">{t(`reasons.${reasonOf(row)}.todo`)}</p>
            )}
            {mayBeSettled(row) && (
              <SettleForms
                row={row}
                leftFen={leftOf(row)}
                maySettle={maySettle}
                mayTie={row.verdict !== "surplus" && isUndecided(row)}
              />
            )}
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

/** What became of it, each refund with its state and amount. */
function GoneBack({ row }: { row: WaitingMoney }) {
  return (
    <ul className="grid gap-1">
      {row.refunds.map((refund) => (
        <li key={refund.outRefundNo}>
          <RefundStatusMark refund={refund} /> <Money fen={refund.refundFen} />
          <div className="text-s">
            <RefundLink refundNo={refund.outRefundNo} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What is too much goes back by itself, once; the rest waits for a person while anything is left of it. */
function mayBeSettled(row: WaitingMoney): boolean {
  const ruleIsAtIt = row.verdict === "surplus" && row.refunds.length === 0;
  return leftOf(row) > 0 && !ruleIsAtIt;
}

/** A refund that WeChat gave up leaves its amount where it was. */
function leftOf(row: WaitingMoney): number {
  const live = row.refunds.filter((refund) => refund.status !== "closed");
  return row.totalFen - live.reduce((sum, refund) => sum + refund.refundFen, 0);
}

/** Nothing of it goes back now: a refund that WeChat gave up leaves it where it was. */
function isUndecided(row: WaitingMoney): boolean {
  return row.refunds.every((refund) => refund.status === "closed");
}

function lookOf(row: WaitingMoney): { shape: Shape; tone: Tone } {
  if (isUndecided(row)) return { shape: "wedge", tone: row.verdict === "surplus" ? "warn" : "danger" };
  const gone = row.refunds.filter((refund) => refund.status === "succeeded" || refund.manualPaidAt);
  const goneFen = gone.reduce((sum, refund) => sum + refund.refundFen, 0);
  return goneFen >= row.totalFen ? { shape: "full", tone: "plain" } : { shape: "half", tone: "plain" };
}

const reasons = ["late", "surplus", "second_transaction", "mismatch", "unknown"] as const;

function reasonOf(row: WaitingMoney): (typeof reasons)[number] {
  return reasons.find((reason) => reason === row.reason) ?? row.verdict;
}
