import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import {
  type NotificationKind,
  type NotificationVerdict,
  notifications,
} from "@/lib/db/schema/notifications";
import { orders } from "@/lib/db/schema/orders";
import { idsNamed } from "@/lib/orders/find-order-id";
import type { Shop } from "@/lib/shop";
import { maskBody } from "./mask-body";

export const notificationPageSize = 50;

export type NotificationFilter = {
  verdicts: readonly NotificationVerdict[] | null;
  kind: NotificationKind | null;
  /** When it came, `from` inside and `to` outside. */
  from?: Date | null;
  to?: Date | null;
  /** A number of the payment, the transaction, the order or a refund, whole. */
  number?: string | null;
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
  address: notifications.address,
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
        filter.from ? since(filter.from) : undefined,
        filter.to ? until(filter.to) : undefined,
        filter.number ? isNamed(filter.number) : undefined,
        filter.before === undefined ? undefined : lt(notifications.id, filter.before),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return { notifications: page, older: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

const skewMs = 60_000;

/**
 * Ids follow the clock to within what two processes' clocks differ by, so that a time bounds a range of ids, whichever
 * index the other filters choose.
 */
function since(from: Date): SQL {
  return sql`${notifications.receivedAt} >= ${from.toISOString()} AND ${notifications.id} >= coalesce(
    (SELECT n.id FROM notifications n WHERE n.received_at >= ${shifted(from, -skewMs)} ORDER BY n.received_at, n.id LIMIT 1), ${Number.MAX_SAFE_INTEGER})`;
}

function until(to: Date): SQL {
  return sql`${notifications.receivedAt} < ${to.toISOString()} AND ${notifications.id} <= coalesce(
    (SELECT n.id FROM notifications n WHERE n.received_at < ${shifted(to, skewMs)} ORDER BY n.received_at DESC, n.id DESC LIMIT 1), 0)`;
}

function shifted(at: Date, ms: number): string {
  return new Date(at.getTime() + ms).toISOString();
}

function isNamed(number: string): SQL {
  return sql`${notifications.id} IN (
    SELECT n.id FROM notifications n WHERE n.out_trade_no = ${number}
    UNION SELECT n.id FROM notifications n WHERE n.order_id IN (${idsNamed(number)})
    UNION SELECT n.id FROM notifications n JOIN receipts r ON r.out_trade_no = n.out_trade_no WHERE r.transaction_id = ${number})`;
}

/** One message as received, masked; null when there is none with this id. */
export async function findNotification(shop: Shop, id: number) {
  const [row] = await shop.db
    .select({
      ...listed,
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
