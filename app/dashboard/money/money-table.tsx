import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { ListedMoney } from "@/lib/receipts/list-money";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Mark, type Shape, type Tone } from "../parts/mark";
import { ShortMoment, useSpan } from "../parts/times";
import { GoneBack } from "./gone-back";
import { SettleForms } from "./settle-forms";

type Clock = { timeZone: string; now: Date };
type Props = { money: ListedMoney[]; clock: Clock; maySettle: boolean };

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
            {row.askedFen !== null && row.askedFen !== row.totalFen && (
              <div className="text-s text-soft">
                {t("asked")} <Money fen={row.askedFen} />
              </div>
            )}
          </Cell>
          <Cell label={mayBeSettled(row) ? undefined : t("columns.todo")}>
            <Became row={row} clock={clock} />
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
            {row.concludedAt === null && row.verdict !== "settling" && (
              <div className="text-s text-soft">
                {t("age", { span: span(Math.max(0, clock.now.getTime() - row.paidAt.getTime())) })}
              </div>
            )}
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

/** What became of it, or what is to be done. */
function Became({ row, clock }: { row: ListedMoney; clock: Clock }) {
  const t = useTranslations("desk.money");
  const isTied = row.verdict === "settling" && row.concludedAt !== null;
  return (
    <>
      {isTied && (
        <p className="max-w-[28em]">
          {row.tiedBy ? t("tiedBy", { name: row.tiedBy }) : t("setRight")}{" "}
          <span className="text-s text-soft">
            <ShortMoment at={row.concludedAt ?? row.paidAt} {...clock} />
          </span>
        </p>
      )}
      {row.refunds.length > 0 ? (
        <GoneBack refunds={row.refunds} clock={clock} />
      ) : (
        !isTied && <p className="max-w-[28em]">{t(`reasons.${reasonOf(row)}.todo`)}</p>
      )}
    </>
  );
}

/** What is too much goes back by itself, once; the rest waits for a person while anything is left of it. */
function mayBeSettled(row: ListedMoney): boolean {
  const ruleIsAtIt = row.verdict === "surplus" && row.refunds.length === 0;
  return row.verdict !== "settling" && leftOf(row) > 0 && !ruleIsAtIt;
}

/** A refund that WeChat gave up leaves its amount where it was. */
function leftOf(row: ListedMoney): number {
  const live = row.refunds.filter((refund) => refund.status !== "closed");
  return row.totalFen - live.reduce((sum, refund) => sum + refund.refundFen, 0);
}

/** Nothing of it goes back now: a refund that WeChat gave up leaves it where it was. */
function isUndecided(row: ListedMoney): boolean {
  return row.refunds.every((refund) => refund.status === "closed");
}

function lookOf(row: ListedMoney): { shape: Shape; tone: Tone } {
  if (row.verdict === "settling") return { shape: "full", tone: "money" };
  if (row.concludedAt) return { shape: "full", tone: "plain" };
  if (!isUndecided(row)) return { shape: "half", tone: "plain" };
  return { shape: "wedge", tone: row.verdict === "surplus" ? "warn" : "danger" };
}

const reasons = ["late", "surplus", "second_transaction", "mismatch", "unknown", "settling"] as const;

function reasonOf(row: ListedMoney): (typeof reasons)[number] {
  if (row.verdict === "settling") return "settling";
  return reasons.find((reason) => reason === row.reason) ?? row.verdict;
}
