import { addAddress } from "@/lib/addresses/add-address";
import { addLine } from "@/lib/cart/add-line";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { memberCookie, openSession } from "@/lib/members/session";
import { createMember } from "@/lib/members/sign-in-with-openid";
import { closeOrder } from "@/lib/orders/close-order";
import { placeOrders } from "@/lib/orders/place-orders";
import { receiveOrder } from "@/lib/orders/receive-order";
import { aColleague } from "./a-busy-morning";
import { aRefundableOrder, askedBy } from "./a-refundable-order";
import type { RunningShop } from "./a-running-shop";
import { aRecipient } from "./order-in-browser";

export type BuyersShelf = {
  cookie: { name: string; value: string };
  memberId: number;
  /** An order number for each way in which an order can stand. */
  orders: Record<"unpaid" | "paid" | "shipped" | "completed" | "expired" | "refunding", string>;
};

/**
 * One buyer who has everything that a buyer's page can show: orders in every state, two of one cart unpaid, addresses,
 * and a cart in which one thing costs more by now, one is sold out and one is withdrawn.
 */
export async function aBuyersShelf({ shop, ...running }: RunningShop): Promise<BuyersShelf> {
  const memberId = await shop.db.transaction((tx) => createMember(tx));
  const expiresAt = new Date(Date.now() + 3_600_000);
  const value = await openSession(shop.db, { memberId, expiresAt });
  const buyer = { memberId, appid: null, openid: null };
  const orderNoOf = async (id: number) => {
    const [row] = await shop.sql<[{ orderNo: string }]>`
      SELECT order_no AS "orderNo" FROM orders WHERE id = ${id}`;
    return row.orderNo;
  };
  const paid = (sku: string, quantity = 1) =>
    aRefundableOrder(shop, { items: [{ sku, quantity }], memberId, isPhysical: true });
  const expired = async (sku: string) => {
    const { orderIds } = await placeOrders(shop, {
      buyer,
      request: { items: [{ sku, quantity: 1 }], recipient: aRecipient, note: null },
      idempotencyKey: null,
      mixed: "refuse",
    });
    await shop.sql`UPDATE orders SET expires_at = now() - interval '1 minute' WHERE id = ${orderIds[0]}`;
    await closeOrder(shop, orderIds[0]);
    return orderNoOf(orderIds[0]);
  };

  const { id: staffId } = await aColleague({ shop, ...running }, "fulfilment");
  const by = { staffId, address: "192.0.2.9" };
  const [waiting, sent, received, asked] = [
    await paid("BOWL-PLUM"),
    await paid("TEA-125"),
    await paid("NOTE-A5", 2),
    await paid("TEA-250"),
  ];
  const parcel = { kind: "express", trackingNo: "SF1234567890123", lines: "rest" as const };
  for (const { orderNo } of [sent, received]) await shipOrder(shop, { orderNo, parcel, by });
  await receiveOrder(shop, { orderNo: received.orderNo, memberId });
  await askedBy(shop, asked, { refundFen: 5000, words: "茶叶罐压坏了一个角。" });
  const closed = await expired("NOTE-A6");

  await addAddress(shop, { memberId, recipient: aRecipient, isDefault: true });
  const inDongguan = { province: "广东省", city: "东莞市", district: "", address: "松山湖大道 9 号 2 栋" };
  await addAddress(shop, { memberId, recipient: { ...aRecipient, ...inDongguan }, isDefault: false });
  const { orderIds } = await placeOrders(shop, {
    buyer,
    request: {
      items: [
        { sku: "TEA-50", quantity: 2 },
        { sku: "COURSE-12", quantity: 1 },
      ],
      recipient: aRecipient,
      note: "请放在门口。",
    },
    idempotencyKey: null,
    mixed: "split",
  });

  for (const [sku, quantity] of cart) await addLine(shop, { memberId, sku, quantity, addKey: sku });
  await shop.sql`UPDATE variants SET price_fen = price_fen + 800 WHERE sku = 'BOWL-POWDER'`;
  await shop.sql`UPDATE variants SET on_hand = allocated WHERE sku = 'BRUSH-3'`;
  await shop.sql`UPDATE variants SET on_sale = false WHERE sku = 'NOTE-A6'`;

  return {
    cookie: { name: memberCookie, value },
    memberId,
    orders: {
      unpaid: await orderNoOf(orderIds[0]),
      paid: waiting.orderNo,
      shipped: sent.orderNo,
      completed: received.orderNo,
      expired: closed,
      refunding: asked.orderNo,
    },
  };
}

const cart: [string, number][] = [
  ["TEA-125", 1],
  ["BOWL-POWDER", 2],
  ["BRUSH-3", 1],
  ["NOTE-A6", 3],
  ["COURSE-12", 1],
];
