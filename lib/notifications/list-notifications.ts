import { and, desc, eq, inArray, lt } from "drizzle-orm";
import {
  type NotificationKind,
  type NotificationVerdict,
  notifications,
} from "@/lib/db/schema/notifications";
import { orders } from "@/lib/db/schema/orders";
import type { Shop } from "@/lib/shop";
import { maskBody } from "./mask-body";

export const notificationPageSize = 50;

export type NotificationFilter = {
  verdicts: readonly NotificationVerdict[] | null;
  kind: NotificationKind | null;
  /** Keyset: notifications older than this id. */
  before?: number;
  /** Rows a page. */
  size?: number;
};

/** What the desk's home counts as bad: our own fault, or somebody else's forgery. */
export const troubleVerdicts = ["failed", "forged"] as const satisfies readonly NotificationVerdict[];

const listed = {
  id: notifications.id,
  kind: notifications.kind,
  verdict: notifications.verdict,
  reason: notifications.reason,
  orderNo: orders.orderNo,
  outTradeNo: notifications.outTradeNo,
  transactionId: notifications.transactionId,
  answer: notifications.answer,
  copies: notifications.copies,
  receivedAt: notifications.receivedAt,
};

export type ListedNotification = Awaited<ReturnType<typeof listNotifications>>["notifications"][number];

/** What WeChat sent, newest first, one page. */
export async function listNotifications(shop: Shop, filter: NotificationFilter) {
  const { size = notificationPageSize } = filter;
  const rows = await shop.db
    .select(listed)
    .from(notifications)
    .leftJoin(orders, eq(orders.id, notifications.orderId))
    .where(
      and(
        filter.verdicts ? inArray(notifications.verdict, [...filter.verdicts]) : undefined,
        filter.kind ? eq(notifications.kind, filter.kind) : undefined,
        filter.before === undefined ? undefined : lt(notifications.id, filter.before),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { notifications: page, older: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

/** One message as received, masked; null when there is none with this id. */
export async function findNotification(shop: Shop, id: number) {
  const [row] = await shop.db
    .select({
      ...listed,
      address: notifications.address,
      headers: notifications.headers,
      body: notifications.body,
      lastReceivedAt: notifications.lastReceivedAt,
      appliedAt: notifications.appliedAt,
    })
    .from(notifications)
    .leftJoin(orders, eq(orders.id, notifications.orderId))
    .where(eq(notifications.id, id));
  if (!row) return null;
  const { body, ...rest } = row;
  return { ...rest, bytes: body.byteLength, raw: maskBody(body) };
}
