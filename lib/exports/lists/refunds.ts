import { readParameters } from "@/lib/http/read-parameters";
import { type ListedRefund, listRefunds } from "@/lib/refunds/list-refunds";
import { isRefused, refundQueues } from "@/lib/refunds/queues";
import { refundReasons } from "@/lib/refunds/reasons";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

export const refundList = exportedList<ListedRefund>({
  permission: "refunds.read",
  columns: {
    refundNo: (row) => row.outRefundNo,
    orderNo: (row) => row.orderNo,
    status: (row, { words }) => words.desk.refundStatus[statusOf(row)],
    refundFen: (row) => ({ fen: row.refundFen }),
    requestedFen: (row) => ({ fen: row.requestedFen }),
    receivedFen: (row) => ({ fen: row.receivedFen }),
    leftFen: (row) => ({ fen: row.leftFen }),
    reason: (row, { words }) => {
      const known = refundReasons.find((reason) => reason === row.reason);
      return known ? words.common.refundReason[known] : row.reason;
    },
    reasonText: (row) => row.reasonText,
    goods: (row) => goodsOf(row),
    asker: (row, { words }) => row.asker ?? words.exports.askers[row.source],
    createdAt: (row) => row.createdAt,
    decidedAt: (row) => row.decidedAt,
    settledAt: (row) => row.settledAt ?? row.manualPaidAt,
    refundId: (row) => row.refundId,
  },
  read(shop, query) {
    const { madeUp, oneOf } = readParameters(query);
    const queue = oneOf("queue", refundQueues) ?? "toDecide";
    const pages = everyPage(async (after?: number) => {
      const { refunds: rows, more: next } = await listRefunds(shop, { queue, after, size: exportPageSize });
      return { rows, next };
    });
    return { madeUp, pages };
  },
});

function statusOf(row: ListedRefund) {
  if (isRefused(row)) return "refused";
  return row.status === "manual" && row.manualPaidAt ? "paidByHand" : row.status;
}

/** The pieces it names; a refund that names none is about all of the order's. */
function goodsOf({ goods }: ListedRefund): string {
  const asked = goods.filter((line) => line.asked !== null);
  return (asked.length > 0 ? asked : goods)
    .map((line) => `${line.title} × ${line.asked ?? line.ordered}`)
    .join("\n");
}
