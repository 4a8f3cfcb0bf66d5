import { type ListedNotification, listNotifications } from "@/lib/notifications/list-notifications";
import { notificationFilterOf, readNotificationQuery } from "@/lib/notifications/notification-query";
import { readSettings } from "@/lib/settings/read-settings";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

export const notificationList = exportedList<ListedNotification>({
  permission: "notifications.read",
  typed: ["q"],
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
    address: (row) => row.address,
  },
  read(shop, query) {
    const { query: asked, madeUp } = readNotificationQuery(query);
    const now = shop.now();
    const pages = everyPage(async (before?: number) => {
      const { timeZone } = await readSettings(shop.db);
      const filter = { ...notificationFilterOf(asked, { timeZone, now }), before, size: exportPageSize };
      const { notifications: rows, older: next } = await listNotifications(shop, filter);
      return { rows, next };
    });
    return { madeUp, pages };
  },
});
