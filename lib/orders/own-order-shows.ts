import { eq, type SQL, sql } from "drizzle-orm";
import { orders } from "@/lib/db/schema/orders";

/** What a buyer looks for among their own orders: what waits for their money, the shop, the parcel, or money back. */
export const ownOrderShows = ["pay", "ship", "receive", "refund"] as const;
export type OwnOrderShow = (typeof ownOrderShows)[number];

/** Money on its way back, or asked back. What has come back or was refused waits for nothing any more. */
const underway = sql.raw(
  "(f.status IN ('requested', 'approved', 'awaiting_return', 'sending', 'accepted', 'abnormal') OR (f.status = 'manual' AND f.manual_paid_at IS NULL))",
);

const withStatus = { pay: "pending", ship: "paid", receive: "shipped" } as const;

/** The orders below a tab. Below refunds stand also those that have ended: a buyer looks there for what became of them. */
export function isShown(show: OwnOrderShow): SQL {
  if (show !== "refund") return eq(orders.status, withStatus[show]);
  return sql`EXISTS (SELECT FROM refunds f WHERE f.order_id = ${orders.id} AND f.status <> 'withdrawn')`;
}

/** Those among them that wait for something: what the number on the tab counts. */
export function isWaiting(show: OwnOrderShow): SQL {
  if (show !== "refund") return isShown(show);
  return sql`EXISTS (SELECT FROM refunds f WHERE f.order_id = ${orders.id} AND ${underway})`;
}
