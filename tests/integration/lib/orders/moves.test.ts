import { sql as query } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { move } from "@/lib/db/move";
import { settlePayment } from "@/lib/notifications/settle-payment";
import { type OrderEvent, type OrderStatus, orderMoves, orderStatuses } from "@/lib/orders/state";
import { type PaymentEvent, paymentMoves, paymentStatuses } from "@/lib/payments/state";
import { aShop, aTransactionId, type PayableOrder } from "@/tests/support/a-shop";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const orderEvents = Object.keys(orderMoves) as OrderEvent[];
const paymentEvents = Object.keys(paymentMoves) as PaymentEvent[];

async function putOrder(order: PayableOrder, status: OrderStatus, closedReason: string | null = null) {
  const reason = status === "closing" || status === "closed" ? (closedReason ?? "expired") : null;
  const isPaid = ["paid", "shipped", "completed"].includes(status);
  await it.sql`UPDATE orders SET status = ${status}, closed_reason = ${reason}, paid_at = ${isPaid ? it.clock.now.toISOString() : null}
    WHERE id = ${order.orderId}`;
}

async function putPayment(order: PayableOrder, status: (typeof paymentStatuses)[number]) {
  const paid = status === "paid";
  await it.sql`UPDATE payments SET status = ${status}, transaction_id = ${paid ? aTransactionId() : null},
    paid_at = ${paid ? it.clock.now.toISOString() : null} WHERE order_id = ${order.orderId}`;
}

describe("the table of moves against the database", () => {
  const pairs = orderEvents.flatMap((event) => orderStatuses.map((from) => ({ event, from })));
  test.each(pairs)("order: $event from $from", async ({ event, from }) => {
    const order = await it.payableOrder();
    await putOrder(order, from);
    const { from: allowedFrom, to } = orderMoves[event];
    const allowed = (allowedFrom as readonly string[]).includes(from);
    const set = query`closed_reason = ${to === "paid" ? null : "expired"}, paid_at = ${it.clock.now.toISOString()}::timestamptz`;
    const [before] = await it.sql`SELECT * FROM orders WHERE id = ${order.orderId}`;

    const moved = await it.shop.db.transaction((tx) =>
      move(tx, { entity: "order", event, id: order.orderId, actor: "staff:7", at: it.clock.now, set }),
    );

    expect(moved).toBe(allowed);
    const { moves } = await factsOf(it.sql, order.orderId);
    const [after] = await it.sql`SELECT * FROM orders WHERE id = ${order.orderId}`;
    if (allowed) {
      expect(after?.status).toBe(to);
      expect(moves).toEqual([`order ${event}: ${from} → ${to} (staff:7)`]);
    } else {
      expect(after).toEqual(before);
      expect(moves).toEqual([]);
    }
  });

  const paymentPairs = paymentEvents.flatMap((event) => paymentStatuses.map((from) => ({ event, from })));
  test.each(paymentPairs)("payment: $event from $from", async ({ event, from }) => {
    const order = await it.payableOrder();
    await putPayment(order, from);
    const { from: allowedFrom, to } = paymentMoves[event];
    const allowed = (allowedFrom as readonly string[]).includes(from);
    const [before] = await it.sql`SELECT * FROM payments WHERE order_id = ${order.orderId}`;
    const set =
      event === "pay"
        ? query`transaction_id = ${aTransactionId()}, paid_at = ${it.clock.now.toISOString()}::timestamptz`
        : undefined;

    const moved = await it.shop.db.transaction((tx) =>
      move(tx, { entity: "payment", event, id: Number(before?.id), actor: "job:x", at: it.clock.now, set }),
    );

    expect(moved).toBe(allowed);
    const { moves } = await factsOf(it.sql, order.orderId);
    const [after] = await it.sql`SELECT * FROM payments WHERE order_id = ${order.orderId}`;
    if (allowed) {
      expect(after?.status).toBe(to);
      expect(moves).toEqual([`payment ${event}: ${from} → ${to} (job:x)`]);
    } else {
      expect(after).toEqual(before);
      expect(moves).toEqual([]);
    }
  });

  test("twenty at once make one move", async () => {
    const order = await it.payableOrder();
    const close = () =>
      it.shop.db.transaction((tx) =>
        move(tx, {
          entity: "order",
          event: "close",
          id: order.orderId,
          actor: "job:x",
          at: it.clock.now,
          set: query`closed_reason = 'expired'`,
        }),
      );

    const won = await Promise.all(Array.from({ length: 20 }, close));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await factsOf(it.sql, order.orderId)).moves).toHaveLength(1);
  });

  test("a move and its transition are undone together", async () => {
    const order = await it.payableOrder();

    const attempt = it.shop.db.transaction(async (tx) => {
      await move(tx, {
        entity: "order",
        event: "startClosing",
        id: order.orderId,
        actor: "job:x",
        at: it.clock.now,
        set: query`closed_reason = 'expired'`,
      });
      throw new Error("after the move");
    });

    await expect(attempt).rejects.toThrow("after the move");
    expect(await factsOf(it.sql, order.orderId)).toMatchObject({ order: { status: "pending" }, moves: [] });
  });
});

describe("the settling statement makes no move that is not in the table", () => {
  const pairs = orderStatuses.flatMap((order) =>
    paymentStatuses.flatMap((payment) =>
      (order === "closed" ? ["expired", "cancelled", "refunded"] : [null]).map((reason) => ({
        order,
        payment,
        reason,
      })),
    ),
  );
  test.each(pairs)("order $order ($reason), payment $payment", async ({ order: status, payment, reason }) => {
    const order = await it.payableOrder();
    await it.sql`UPDATE variants SET allocated = 0`; // A revived order can have its stock.
    await putOrder(order, status, reason);
    await putPayment(order, payment);

    const settlement = await settlePayment(
      it.shop,
      {
        source: "query",
        signType: "HMAC-SHA256",
        appId: it.shop.environment.wechat.appId,
        mchId: it.shop.environment.wechat.mchId,
        outTradeNo: order.outTradeNo,
        resultCode: "SUCCESS",
        transactionId: aTransactionId(),
        totalFen: order.totalFen,
        feeType: null,
        openid: null,
        paidAt: it.clock.now,
      },
      null,
    );

    const { moves, receipts, order: after } = await factsOf(it.sql, order.orderId);
    const paymentMove = (paymentMoves.pay.from as readonly string[]).includes(payment);
    const event: OrderEvent | null =
      payment === "paid"
        ? null // Another transaction of a number that is paid never changes the first.
        : (orderMoves.pay.from as readonly string[]).includes(status)
          ? "pay"
          : (orderMoves.revive.from as readonly string[]).includes(status) && reason === "expired"
            ? "revive"
            : null;
    expect(moves).toEqual([
      ...(paymentMove ? [`payment pay: ${payment} → paid (wechat:query)`] : []),
      ...(event ? [`order ${event}: ${status} → ${orderMoves[event].to} (wechat:query)`] : []),
    ]);
    expect(after.status).toBe(event ? "paid" : status);
    expect(receipts).toMatchObject([{ verdict: event ? "settling" : "surplus" }]);
    expect(settlement.queued).toBe(true);
  });
});
