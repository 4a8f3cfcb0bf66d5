import { notificationKinds, notificationVerdicts } from "@/lib/db/schema/notifications";
import { readParameters } from "@/lib/http/read-parameters";
import {
  type ListedNotification,
  listNotifications,
  troubleVerdicts,
} from "@/lib/notifications/list-notifications";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

export const notificationList = exportedList<ListedNotification>({
  permission: "notifications.read",
  columns: {
    id: (row) => row.id,
    kind: (row, { words }) => words.desk.notificationKind[row.kind],
    verdict: (row, { words }) => words.desk.verdict[row.verdict],
    reason: (row) => row.reason,
    orderNo: (row) => row.orderNo,
    outTradeNo: (row) => row.outTradeNo,
    transactionId: (row) => row.transactionId,
    answer: (row) => row.answer,
    copies: (row) => row.copies,
    receivedAt: (row) => row.receivedAt,
  },
  read(shop, query) {
    const { madeUp, oneOf } = readParameters(query);
    const verdict = oneOf("verdict", ["trouble", ...notificationVerdicts] as const);
    const kind = oneOf("kind", notificationKinds);
    const verdicts = verdict === "trouble" ? troubleVerdicts : verdict && [verdict];
    const pages = everyPage(async (before?: number) => {
      const filter = { verdicts, kind, before, size: exportPageSize };
      const { notifications: rows, older: next } = await listNotifications(shop, filter);
      return { rows, next };
    });
    return { madeUp, pages };
  },
});
