import { and, asc, eq, ne } from "drizzle-orm";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { payments } from "@/lib/db/schema/payments";
import { receipts } from "@/lib/db/schema/receipts";
import { isSomethingLost } from "@/lib/deliveries/is-lost";
import type { Locale } from "@/lib/http/locale";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { type DeliveryView, readDeliveries } from "./read-deliveries";
import { type RefundView, readRefunds } from "./read-refunds";
import { remindFrom } from "./remind-order";

export type OrderView = {
  orderNo: string;
  status: (typeof orders.$inferSelect)["status"];
  closedReason: (typeof orders.$inferSelect)["closedReason"];
  kind: "physical" | "virtual";
  goodsFen: number;
  freightFen: number;
  totalFen: number;
  paidFen: number;
  /** Money that came in beyond what was owed, and goes back. */
  surplusFen: number;
  refundedFen: number;
  createdAt: string;
  expiresAt: string;
  paidAt: string | null;
  deliverBy: string | null;
  recipient: (typeof orders.$inferSelect)["recipient"];
  note: string | null;
  lines: { sku: string; title: string; image: string | null; quantity: number; priceFen: number }[];
  payments: {
    outTradeNo: string;
    tradeType: string;
    status: string;
    totalFen: number;
    transactionId: string | null;
    paidAt: string | null;
    surplus: boolean;
  }[];
  deliveries: DeliveryView[];
  /** Since when the buyer may ask (again) that it be shipped; null when there is nothing to ask for. */
  remindFrom: string | null;
  /** Whether the buyer may confirm that everything has come. */
  isReceivable: boolean;
  /** Its money came after it had expired and closed; the goods could be had again. */
  isRevived: boolean;
  /** When it is completed without a word of its buyer; null while it is not wholly under way, or something holds it up. */
  completesAt: string | null;
  /** The other orders that the same cart became. */
  together: { orderNo: string; kind: OrderView["kind"]; status: OrderView["status"]; totalFen: number }[];
  /** What the buyer may still ask back. */
  refundableFen: number;
  refunds: RefundView[];
};

/** A member's own order as its buyer may see it, carriers named in the buyer's language, read from the rows as they are; null for anybody else's. */
export async function findOrder(
  shop: Shop,
  of: { orderNo: string; memberId: number; locale?: Locale },
): Promise<OrderView | null> {
  if (of.orderNo.includes("\0")) return null; // PostgreSQL refuses to look for it.
  const [order] = await shop.db
    .select()
    .from(orders)
    .where(and(eq(orders.orderNo, of.orderNo), eq(orders.memberId, of.memberId)));
  return order ? present(shop, order, of.locale) : null;
}

/** The order that was just taken. */
export async function findOrderById(
  shop: Shop,
  of: { orderId: number; memberId: number },
): Promise<OrderView | null> {
  const [order] = await shop.db
    .select()
    .from(orders)
    .where(and(eq(orders.id, of.orderId), eq(orders.memberId, of.memberId)));
  return order ? present(shop, order) : null;
}

async function present(
  shop: Shop,
  order: typeof orders.$inferSelect,
  locale: Locale = "zh-CN",
): Promise<OrderView> {
  const [lines, attempts, money, back, deliveries, together, isLost, settings] = await Promise.all([
    shop.db
      .select()
      .from(orderLines)
      .where(eq(orderLines.orderId, order.id))
      .orderBy(asc(orderLines.variantId)),
    shop.db.select().from(payments).where(eq(payments.orderId, order.id)).orderBy(asc(payments.id)),
    shop.db.select().from(receipts).where(eq(receipts.orderId, order.id)),
    readRefunds(shop, order.id),
    readDeliveries(shop, { orderId: order.id, locale }),
    readTogether(shop, order),
    order.status === "shipped" && isSomethingLost(shop.db, order.id),
    readSettings(shop.db),
  ]);
  const settling = money.find((receipt) => receipt.verdict === "settling");

  return {
    orderNo: order.orderNo,
    status: order.status,
    closedReason: order.closedReason,
    kind: order.kind,
    goodsFen: order.goodsFen,
    freightFen: order.freightFen,
    totalFen: order.totalFen,
    paidFen: settling?.totalFen ?? 0,
    surplusFen: money.reduce((sum, { verdict, totalFen }) => sum + (verdict === "surplus" ? totalFen : 0), 0),
    refundedFen: back.paidBackFen(settling?.id),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    deliverBy: order.deliverBy?.toISOString() ?? null,
    recipient: order.recipient,
    note: order.note,
    lines: lines.map(({ sku, title, image, quantity, priceFen }) => ({
      sku,
      title,
      image,
      quantity,
      priceFen,
    })),
    payments: attempts.map((payment) => ({
      outTradeNo: payment.outTradeNo,
      tradeType: payment.tradeType,
      status: payment.status,
      totalFen: payment.totalFen,
      transactionId: payment.transactionId,
      paidAt: payment.paidAt?.toISOString() ?? null,
      // By its own transaction: a second one under the same number is told by surplusFen.
      surplus: money.some(
        (receipt) => receipt.transactionId === payment.transactionId && receipt.verdict === "surplus",
      ),
    })),
    deliveries,
    remindFrom: order.status === "paid" ? remindFrom(order, settings.remindEveryHours).toISOString() : null,
    isReceivable: order.status === "shipped" && !isLost,
    isRevived: settling?.reason === "revived",
    completesAt:
      order.status === "shipped" && !isLost && !back.isUnderway(settling?.id)
        ? completesAt({ order, deliveries }, settings.completeAfterDays)
        : null,
    together,
    refundableFen: settling && refundable.has(order.status) ? back.leftFen(settling) : 0,
    refunds: back.views,
  };
}

function readTogether(shop: Shop, order: typeof orders.$inferSelect): Promise<OrderView["together"]> {
  if (order.placedWith === null) return Promise.resolve([]);
  const { orderNo, kind, status, totalFen } = orders;
  return shop.db
    .select({ orderNo, kind, status, totalFen })
    .from(orders)
    .where(
      and(
        eq(orders.placedWith, order.placedWith),
        eq(orders.memberId, order.memberId),
        ne(orders.id, order.id),
      ),
    )
    .orderBy(asc(orders.id));
}

/** As `completeOrder` does: counted from when the last piece left. */
function completesAt(
  of: { order: typeof orders.$inferSelect; deliveries: DeliveryView[] },
  afterDays: number,
): string | null {
  const left = [of.order.shippedAt, ...of.deliveries.map(({ at }) => new Date(at))].filter(
    (at) => at !== null,
  );
  if (left.length === 0) return null;
  return new Date(Math.max(...left.map(Number)) + afterDays * 86_400_000).toISOString();
}

const refundable = new Set(["paid", "shipped", "completed"]);
