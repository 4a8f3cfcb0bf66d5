import { type ListedMoney, listMoney } from "@/lib/receipts/list-money";
import { moneyFilterOf, readMoneyQuery } from "@/lib/receipts/money-query";
import { readSettings } from "@/lib/settings/read-settings";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

export const moneyList = exportedList<ListedMoney>({
  permission: "money.read",
  typed: ["q"],
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
    concludedAt: (row) => row.concludedAt,
    tiedBy: (row) => row.tiedBy,
  },
  read(shop, query) {
    const { query: asked, madeUp } = readMoneyQuery(query);
    const pages = everyPage(async (before?: number) => {
      const { timeZone } = await readSettings(shop.db);
      const filter = { ...moneyFilterOf(asked, timeZone), before, size: exportPageSize };
      const { money: rows, older: next } = await listMoney(shop, filter);
      return { rows, next };
    });
    return { madeUp, pages };
  },
});

const reasons = ["late", "surplus", "second_transaction", "mismatch", "unknown", "settling"] as const;

function reasonOf({ reason, verdict }: ListedMoney): (typeof reasons)[number] {
  if (verdict === "settling") return verdict;
  return reasons.find((known) => known === reason) ?? verdict;
}

function goneBack({ refunds }: ListedMoney): number {
  const gone = refunds.filter(({ status, manualPaidAt }) => status === "succeeded" || manualPaidAt);
  return gone.reduce((sum, { refundFen }) => sum + refundFen, 0);
}
