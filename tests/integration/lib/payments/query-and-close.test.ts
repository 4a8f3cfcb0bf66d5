import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { POST as notify } from "@/app/api/notify/route";
import { announcePaidOrder } from "@/lib/orders/announce-paid-order";
import { closeOrder } from "@/lib/orders/close-order";
import { askNow } from "@/lib/payments/ask-now";
import { climbQueryLadder } from "@/lib/payments/climb-query-ladder";
import { closePayment } from "@/lib/payments/close-payment";
import { closeSupersededPayment } from "@/lib/payments/close-superseded-payment";
import { paymentNotification, post } from "@/tests/support/a-shop";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";
import { factsOf } from "@/tests/support/facts-of";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
beforeAll(async () => {
  it = await aShopAtWechat();
});
afterEach(async () => {
  await it.sandbox.disarm();
  it.sent.length = 0;
});
afterAll(() => it.close());

const minute = 60_000;
const closable = 5 * minute + 10_000; // WeChat's own limit, and a margin for two clocks.
const calls = () => it.sent.map(({ path }) => path.replace("/pay/", ""));
const facts = (order: { orderId: number }) => factsOf(it.sql, order.orderId);
const runAt = async (key: string) => {
  const [row] = await it.sql`SELECT run_at FROM graphile_worker.jobs WHERE key = ${key}`;
  return row ? new Date(row.run_at) : null;
};

/** An order with one open payment at WeChat, and nothing sent so far. */
async function anOpenOrder(tradeType = "NATIVE") {
  const order = await it.anOrder({ onHand: 10, quantity: 2 });
  const { status } = await order.buyer.pay(order.orderNo, tradeType);
  expect(status).toBe(200);
  const [payment] =
    await it.sql`SELECT id, out_trade_no, created_at FROM payments WHERE order_id = ${order.orderId}`;
  it.sent.length = 0;
  return {
    ...order,
    paymentId: Number(payment?.id),
    outTradeNo: String(payment?.out_trade_no),
    madeAt: new Date(payment?.created_at).getTime(),
  };
}

describe("the query ladder", () => {
  test("asks 15 s, 1, 3, 10 and 30 minutes after the payment was made, and no more", async () => {
    const order = await anOpenOrder();
    const key = `query_payment:${order.paymentId}`;
    const rungs: (number | null)[] = [];

    for (let at = await runAt(key); at && rungs.length < 9; ) {
      rungs.push(at.getTime() - order.madeAt);
      await it.advance(at.getTime() - it.clock.now.getTime());
      await it.sql`SELECT graphile_worker.remove_job(${key})`; // It runs: the queue has handed it out.
      await climbQueryLadder(it.shop, order.paymentId);
      at = await runAt(key);
    }

    expect(rungs).toEqual([15_000, minute, 3 * minute, 10 * minute, 30 * minute]);
    expect(calls()).toEqual(Array(5).fill("orderquery"));
  });

  test("finds the money of a notification that never came", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, drops: 16 });
    await it.advance(15_000);

    await climbQueryLadder(it.shop, order.paymentId);

    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", source: "query" }],
      queued: ["order_paid"],
    });
  });

  test("a run that comes twice, or too late, asks nothing about a payment that is settled", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo });

    await climbQueryLadder(it.shop, order.paymentId);
    await askNow(it.shop, order.paymentId);
    await climbQueryLadder(it.shop, 999_999_999);

    expect(calls()).toEqual([]);
  });

  test("an answer that is not clear leaves everything as it was, with the next rung standing", async () => {
    for (const kind of ["system-error", "reset", "bad-gateway", "forged-answer"] as const) {
      const order = await anOpenOrder();
      const before = await facts(order);
      await it.sandbox.fault({ call: "orderquery", kind });

      await climbQueryLadder(it.shop, order.paymentId);

      expect(await facts(order)).toEqual(before);
      expect(await runAt(`query_payment:${order.paymentId}`)).not.toBeNull();
    }
  });

  test("NOTPAY right after a payment concludes nothing; the next rung finds it", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, drops: 16 });
    await it.sandbox.fault({ call: "orderquery", kind: "stale" });

    await climbQueryLadder(it.shop, order.paymentId);
    const first = (await facts(order)).order.status;
    await climbQueryLadder(it.shop, order.paymentId);

    expect([first, (await facts(order)).order.status]).toEqual(["pending", "paid"]);
  });

  test("a number that WeChat has closed is closed here, and the order stays payable with a new one", async () => {
    const order = await anOpenOrder();
    await it.sandbox.close(order.outTradeNo);

    await climbQueryLadder(it.shop, order.paymentId);
    const { status } = await order.buyer.pay(order.orderNo, "NATIVE");

    expect((await facts(order)).payments).toMatchObject([{ status: "closed" }, { status: "open" }]);
    expect(status).toBe(200);
  });

  test("another amount than asked is a mismatch found by query: alarmed, the order untouched", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, amountFen: 1, drops: 16 });

    await climbQueryLadder(it.shop, order.paymentId);

    expect(await facts(order)).toMatchObject({
      order: { status: "pending" },
      receipts: [{ verdict: "mismatch", totalFen: 1, source: "query" }],
      alarms: [{ kind: "mismatching_money" }],
    });
  });

  test("a notification that lied about the amount is outranked by the query", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, notifyAmountFen: 1 });
    const before = await facts(order);

    await climbQueryLadder(it.shop, order.paymentId);

    expect(before).toMatchObject({
      order: { status: "pending" },
      receipts: [{ verdict: "mismatch", totalFen: 1 }],
    });
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling", totalFen: order.totalFen, source: "query" }],
    });
  });
});

describe("somebody looks at an unpaid order", () => {
  const asked = async (paymentId: number) => (await runAt(`ask_now:${paymentId}`)) !== null;

  test("WeChat is asked in the background, at most every five seconds, and never before", async () => {
    const order = await anOpenOrder();
    const look = async () => {
      await it.sql`SELECT graphile_worker.remove_job(${`ask_now:${order.paymentId}`})`;
      const { status } = await order.buyer.read(order.orderNo);
      expect(status).toBe(200);
      return asked(order.paymentId);
    };

    const said: boolean[] = [await look()];
    for (const ms of [5001, 0, 4999, 2]) {
      await it.advance(ms);
      said.push(await look());
    }

    expect(said).toEqual([false, true, false, false, true]);
    expect(calls()).toEqual([]); // The reader did not wait for WeChat.
  });

  test("fifty lookers at once ask once", async () => {
    const order = await anOpenOrder();
    await it.advance(6000);

    await Promise.all(Array.from({ length: 50 }, () => order.buyer.read(order.orderNo)));

    const [row] =
      await it.sql`SELECT count(*)::int AS jobs FROM graphile_worker.jobs WHERE key = ${`ask_now:${order.paymentId}`}`;
    expect(row?.jobs).toBe(1);
  });

  test("a paid order is not asked about", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo });
    await it.advance(6000);

    const { body } = await order.buyer.read(order.orderNo);

    expect(body).toMatchObject({ status: "paid", payments: [{ status: "paid" }] });
    expect(await asked(order.paymentId)).toBe(false);
  });
});

describe("expiry", () => {
  test("before the order's time nothing happens but a later appointment", async () => {
    const order = await anOpenOrder();

    await closeOrder(it.shop, order.orderId);

    expect((await facts(order)).order.status).toBe("pending");
    expect(calls()).toEqual([]);
    const [row] = await it.sql`SELECT expires_at FROM orders WHERE id = ${order.orderId}`;
    expect(await runAt(`close_order:${order.orderId}`)).toEqual(new Date(row?.expires_at));
  });

  test("query, then closeorder, then our rows, then the stock: each exactly once, however often it runs", async () => {
    const order = await anOpenOrder();
    await it.advance(30 * minute);

    await closeOrder(it.shop, order.orderId);
    const after = await facts(order);
    await closeOrder(it.shop, order.orderId);
    await Promise.all([closeOrder(it.shop, order.orderId), closeOrder(it.shop, order.orderId)]);

    expect(calls()).toEqual(["orderquery", "closeorder"]);
    expect(after).toMatchObject({
      order: { status: "closed", closedReason: "expired" },
      payments: [{ status: "closed" }],
      allocated: 0,
    });
    expect(after.moves.slice(1)).toEqual([
      "order startClosing: pending → closing (job:close_order)",
      "payment close: open → closed (job:close_payment)",
      "order close: closing → closed (job:close_order)",
    ]);
    expect(await facts(order)).toEqual(after);
  });

  test("two closings at the same moment give the stock back once", async () => {
    for (let round = 0; round < 5; round++) {
      const order = await anOpenOrder();
      await it.advance(30 * minute);

      await Promise.all([closeOrder(it.shop, order.orderId), closeOrder(it.shop, order.orderId)]);

      expect(await facts(order)).toMatchObject({ order: { status: "closed" }, allocated: 0 });
    }
  });

  test("money that comes while the order is being closed: paid with its stock held, whoever was faster", async () => {
    for (let round = 0; round < 12; round++) {
      const order = await anOpenOrder();
      await it.advance(30 * minute);
      const { wechat } = it.shop.environment;
      const message = paymentNotification(wechat, order);

      await Promise.all([
        closeOrder(it.shop, order.orderId),
        sleep(round * 4).then(() => notify(post(message))), // Earlier and later into the closing.
      ]);

      const after = await facts(order);
      expect(after).toMatchObject({
        order: { status: "paid", closedReason: null },
        allocated: 2,
        queued: ["order_paid"],
      });
      expect(after.receipts).toMatchObject([{ verdict: "settling" }]);
    }
  });

  test("a payment younger than five minutes is not closed yet: stock stays held until it is", async () => {
    const order = await it.anOrder({ onHand: 10, quantity: 2 });
    await it.advance(27 * minute);
    await order.buyer.pay(order.orderNo, "NATIVE");
    const madeAt = it.clock.now.getTime();
    it.sent.length = 0;
    await it.advance(3 * minute);

    await closeOrder(it.shop, order.orderId);
    const waiting = await facts(order);
    const again = await runAt(`close_order:${order.orderId}`);
    await it.advance(closable - 3 * minute);
    await closeOrder(it.shop, order.orderId);

    expect(waiting).toMatchObject({
      order: { status: "closing" },
      payments: [{ status: "open" }],
      allocated: 2,
    });
    expect(again).toEqual(new Date(madeAt + closable));
    expect(calls()).toEqual(["orderquery", "orderquery", "closeorder"]);
    expect(await facts(order)).toMatchObject({ order: { status: "closed" }, allocated: 0 });
  });

  test("the money is found by the first question: the order is paid instead", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, drops: 16 });
    await it.advance(30 * minute);

    await closeOrder(it.shop, order.orderId);

    expect(calls()).toEqual(["orderquery"]);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid", closedReason: null },
      receipts: [{ verdict: "settling", source: "query" }],
      allocated: 2,
    });
  });

  test("closeorder says ORDERPAID: asked again, settled, never released", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, drops: 16 });
    await it.advance(30 * minute);
    await it.sandbox.fault({ call: "orderquery", kind: "stale" });

    await closeOrder(it.shop, order.orderId);

    expect(calls()).toEqual(["orderquery", "closeorder", "orderquery"]);
    expect(await facts(order)).toMatchObject({ order: { status: "paid" }, allocated: 2 });
  });

  test("ORDERPAID, and the question still does not know it: later, nothing released", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, drops: 16 });
    await it.advance(30 * minute);
    await it.sandbox.fault({ call: "orderquery", kind: "stale", times: 2 });

    await closeOrder(it.shop, order.orderId);

    expect(await facts(order)).toMatchObject({ order: { status: "closing" }, allocated: 2 });
    expect((await runAt(`close_order:${order.orderId}`))?.getTime()).toBe(it.clock.now.getTime() + 15_000);
  });

  test.each([
    ["orderquery", "system-error"],
    ["orderquery", "reset"],
    ["closeorder", "system-error"],
    ["closeorder", "reset"],
    ["closeorder", "bad-gateway"],
    ["closeorder", "forged-answer"],
  ] as const)(
    "%s answered by %s is an unknown result: closing, stock held, done at the next run",
    async (call, kind) => {
      const order = await anOpenOrder();
      await it.advance(30 * minute);
      await it.sandbox.fault({ call, kind });

      await closeOrder(it.shop, order.orderId);
      const first = await facts(order);
      const again = await runAt(`close_order:${order.orderId}`);
      await closeOrder(it.shop, order.orderId);

      expect(first).toMatchObject({
        order: { status: "closing" },
        payments: [{ status: "open" }],
        allocated: 2,
      });
      expect(again?.getTime()).toBeGreaterThan(it.clock.now.getTime());
      expect(await facts(order)).toMatchObject({ order: { status: "closed" }, allocated: 0 });
    },
  );

  test("one number that must wait does not keep the others payable", async () => {
    const order = await anOpenOrder("NATIVE");
    await order.buyer.pay(order.orderNo, "MWEB");
    const numbers = await order.numbers();
    await it.advance(30 * minute);
    await it.sandbox.fault({ call: "orderquery", kind: "system-error", outTradeNo: String(numbers[0]) });

    await closeOrder(it.shop, order.orderId);

    expect(await facts(order)).toMatchObject({
      order: { status: "closing" },
      payments: [{ status: "open" }, { status: "closed" }],
      allocated: 2,
    });
  });

  test("a number that WeChat never heard of is closed once five minutes old", async () => {
    const order = await it.anOrder({ onHand: 10, quantity: 2 });
    await it.sandbox.fault({ call: "unifiedorder", kind: "system-error" });
    await order.buyer.pay(order.orderNo, "NATIVE");
    await it.advance(30 * minute);

    await closeOrder(it.shop, order.orderId);

    expect(await facts(order)).toMatchObject({
      order: { status: "closed" },
      payments: [{ status: "closed" }],
      allocated: 0,
    });
  });

  test("disputed money keeps the order closing and its stock held, and is looked at hourly", async () => {
    const order = await anOpenOrder();
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, amountFen: 1 });
    await it.advance(30 * minute);

    await closeOrder(it.shop, order.orderId);

    expect(await facts(order)).toMatchObject({ order: { status: "closing" }, allocated: 2 });
    expect((await runAt(`close_order:${order.orderId}`))?.getTime()).toBe(
      it.clock.now.getTime() + 60 * minute,
    );
  });
});

describe("cancelled", () => {
  test("closed at WeChat when five minutes old; until then stock is held", async () => {
    const order = await anOpenOrder();
    await order.buyer.cancel(order.orderNo);

    await closeOrder(it.shop, order.orderId);
    const early = await facts(order);
    await it.advance(closable);
    await closeOrder(it.shop, order.orderId);

    expect(early).toMatchObject({ order: { status: "closing", closedReason: "cancelled" }, allocated: 2 });
    expect(await facts(order)).toMatchObject({
      order: { status: "closed", closedReason: "cancelled" },
      payments: [{ status: "closed" }],
      allocated: 0,
    });
  });

  test("money before WeChat has closed it pays the order", async () => {
    const order = await anOpenOrder();
    await order.buyer.cancel(order.orderNo);

    await it.sandbox.pay({ outTradeNo: order.outTradeNo });
    await it.advance(closable);
    await closeOrder(it.shop, order.orderId);

    expect(await facts(order)).toMatchObject({ order: { status: "paid", closedReason: null }, allocated: 2 });
  });

  test("money after it is closed is surplus", async () => {
    const order = await anOpenOrder();
    await order.buyer.cancel(order.orderNo);
    await it.advance(closable);
    await closeOrder(it.shop, order.orderId);

    await it.sandbox.pay({ outTradeNo: order.outTradeNo, force: true });

    expect(await facts(order)).toMatchObject({
      order: { status: "closed", closedReason: "cancelled" },
      receipts: [{ verdict: "surplus", reason: "late" }],
      queued: ["surplus_received"],
      allocated: 0,
    });
  });
});

describe("other numbers of an order", () => {
  test("a superseded one is closed as soon as it is five minutes old, and the order stays payable", async () => {
    const order = await anOpenOrder("NATIVE");
    await it.advance(minute);
    await order.buyer.pay(order.orderNo, "MWEB");
    it.sent.length = 0;

    await closeSupersededPayment(it.shop, order.paymentId);
    const early = await facts(order);
    const again = await runAt(`close_payment:${order.paymentId}`);
    await it.advance(closable - minute);
    await closeSupersededPayment(it.shop, order.paymentId);
    await closeSupersededPayment(it.shop, order.paymentId);

    expect(early.payments).toMatchObject([{ status: "open", superseded: true }, { status: "open" }]);
    expect(again?.getTime()).toBe(order.madeAt + closable);
    expect(calls()).toEqual(["orderquery", "orderquery", "closeorder"]);
    expect(await facts(order)).toMatchObject({
      order: { status: "pending" },
      payments: [{ status: "closed" }, { status: "open" }],
      allocated: 2,
    });
  });

  test("five minutes count from when WeChat was reached, not from when the buyer first pressed", async () => {
    const order = await it.anOrder({ onHand: 5, quantity: 1 });
    await it.sandbox.fault({ call: "unifiedorder", kind: "system-error" });
    await order.buyer.pay(order.orderNo, "NATIVE");
    await it.advance(4 * minute);
    await order.buyer.pay(order.orderNo, "NATIVE");
    const [payment] = await it.sql`SELECT id::int FROM payments WHERE order_id = ${order.orderId}`;
    await it.advance(4 * minute);

    const outcome = await closePayment(it.shop, payment?.id);

    expect(outcome).toEqual({ kind: "later", at: new Date(it.clock.now.getTime() - 4 * minute + closable) });
  });

  test("money on the superseded one, found while closing it, pays the order", async () => {
    const order = await anOpenOrder("NATIVE");
    await order.buyer.pay(order.orderNo, "MWEB");
    await it.sandbox.pay({ outTradeNo: order.outTradeNo, drops: 16 });

    await closeSupersededPayment(it.shop, order.paymentId);

    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      payments: [{ status: "paid" }, { status: "open" }],
    });
  });

  test("once the order is paid, what is left of it is closed; money on it after all is surplus", async () => {
    const order = await anOpenOrder("NATIVE");
    await order.buyer.pay(order.orderNo, "MWEB");
    const [, current] = await order.numbers();
    await it.sandbox.pay({ outTradeNo: String(current) });

    await announcePaidOrder(it.shop, order.orderId);
    const appointment = await runAt(`close_payment:${order.paymentId}`);
    await it.sandbox.pay({ outTradeNo: order.outTradeNo });

    expect(appointment?.getTime()).toBe(order.madeAt + closable);
    expect(await facts(order)).toMatchObject({
      order: { status: "paid" },
      receipts: [{ verdict: "settling" }, { verdict: "surplus" }],
      queued: ["order_paid", "surplus_received"],
    });
  });
});
