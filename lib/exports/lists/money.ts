import { readParameters } from "@/lib/http/read-parameters";
import { listMoney, type WaitingMoney, waitingVerdicts } from "@/lib/receipts/list-money";
import { everyPage, exportedList } from "../exported-list";

export const moneyList = exportedList<WaitingMoney>({
  permission: "money.read",
  columns: {
    transactionId: (row) => row.transactionId,
    outTradeNo: (row) => row.outTradeNo,
    orderNo: (row) => row.orderNo,
    what: (row, { words }) => words.desk.money.reasons[reasonOf(row)].what,
    totalFen: (row) => ({ fen: row.totalFen }),
    feeType: (row) => row.feeType,
    askedFen: (row) => (row.askedFen === null ? null : { fen: row.askedFen }),
    goneBackFen: (row) => ({ fen: goneBack(row) }),
    refundNos: (row) => row.refunds.map(({ outRefundNo }) => outRefundNo).join(" "),
    payer: (row) => row.payer,
    paidAt: (row) => row.paidAt,
  },
  read(shop, query) {
    const { madeUp, oneOf } = readParameters(query);
    const chosen = oneOf("verdict", [...waitingVerdicts, "done"] as const);
    const verdict = chosen === "done" ? null : chosen;
    const pages = everyPage(async (before?: number) => {
      const filter = { verdict, done: chosen === "done", before };
      const { money: rows, older: next } = await listMoney(shop, filter);
      return { rows, next };
    });
    return { madeUp, pages };
  },
});

const reasons = ["late", "surplus", "second_transaction", "mismatch", "unknown"] as const;

function reasonOf({ reason, verdict }: WaitingMoney): (typeof reasons)[number] {
  return reasons.find((known) => known === reason) ?? verdict;
}

function goneBack({ refunds }: WaitingMoney): number {
  const gone = refunds.filter(({ status, manualPaidAt }) => status === "succeeded" || manualPaidAt);
  return gone.reduce((sum, { refundFen }) => sum + refundFen, 0);
}
