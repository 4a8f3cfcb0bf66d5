import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { askNow } from "@/lib/payments/ask-now";
import { findRefunds } from "@/lib/refunds/find-refunds";
import { settleRefund } from "@/lib/refunds/settle-refund";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

type Order = Awaited<ReturnType<RefundShop["aPaidOrder"]>>;
const rows = (order: Order) =>
  it.sql`SELECT out_refund_no AS "refundNo", source, status, refund_fen::int AS "refundFen", reason FROM refunds
    WHERE receipt_id = ${order.receiptId} ORDER BY id`;
const verdicts = async (order: Order) =>
  (
    await it.sql`SELECT verdict, answer FROM notifications WHERE kind = 'refund' AND out_trade_no = ${order.outTradeNo} ORDER BY id`
  ).map(({ verdict, answer }) => `${verdict} ${answer}`);
const lost = { drops: 16 };

test.each([
  ["SUCCESS", "succeeded", 600],
  ["CHANGE", "abnormal", 0],
  ["REFUNDCLOSE", "closed", 0],
] as const)(
  "one made in the portal enters as WeChat tells it: %s is %s",
  async (outcome, status, refundedFen) => {
    const order = await it.aPaidOrder({ priceFen: 1000 });

    const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 600 });
    await it.sandbox.settleRefund({ outRefundNo, status: outcome, copies: 2 });

    expect(await rows(order)).toEqual([
      { refundNo: outRefundNo, source: "portal", status, refundFen: 600, reason: "portal" },
    ]);
    expect(await verdicts(order)).toEqual(["portal SUCCESS"]);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "paid",
      refundedFen,
      refundableFen: outcome === "REFUNDCLOSE" ? 1000 : 400,
    });
  },
);

test("one that is still under way is found by asking, and asked about until it has ended", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 600 });

  await findRefunds(it.shop, order.receiptId);
  const under = [await it.status(outRefundNo), await it.nextRunInMs(outRefundNo, "query_refund")];
  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", ...lost });
  await it.advance(60_000);
  await it.climb(outRefundNo);

  expect(under).toEqual(["accepted", 60_000]);
  expect(await it.status(outRefundNo)).toBe("succeeded");
  expect(it.tries(outRefundNo)).toEqual([]);
});

test("what the portal paid cannot be asked for again, and what is asked together never exceeds the payment", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 600 });
  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

  const [tooMuch, rest] = [
    await order.buyer.refund({ orderNo: order.orderNo, refundFen: 401, reason: "unwanted" }),
    await order.buyer.refund({ orderNo: order.orderNo, refundFen: 400, reason: "unwanted" }),
  ];

  expect(tooMuch).toMatchObject({
    status: 422,
    body: { code: "refund_exceeds_payment", refundableFen: 400 },
  });
  expect(rest.status).toBe(201);
});

test("the whole of an order that nothing of has left: it closes as refunded and its stock is free", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000, quantity: 3, onHand: 5 });
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 3000 });

  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

  expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
    status: "closed",
    closedReason: "refunded",
  });
  expect(await it.sql`SELECT allocated, on_hand AS "onHand" FROM variants WHERE sku = ${order.sku}`).toEqual([
    { allocated: 0, onHand: 5 },
  ]);
});

test("twenty-three that nobody told us of are all found, each once, in whatever state", async () => {
  const order = await it.aPaidOrder({ priceFen: 5000 });
  const ends = ["SUCCESS", "CHANGE", "REFUNDCLOSE", null] as const;
  for (let n = 0; n < 23; n++) {
    const { outRefundNo } = await it.sandbox.portalRefund({
      outTradeNo: order.outTradeNo,
      refundFen: 100,
      ...lost,
    });
    const status = ends[n % ends.length];
    if (status) await it.sandbox.settleRefund({ outRefundNo, status, ...lost });
  }

  await findRefunds(it.shop, order.receiptId);
  await findRefunds(it.shop, order.receiptId);

  const found = await rows(order);
  const count = (status: string) => found.filter((row) => row.status === status).length;
  expect([found.length, count("succeeded"), count("abnormal"), count("closed"), count("accepted")]).toEqual([
    23, 6, 6, 6, 5,
  ]);
  expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
    refundedFen: 600,
    refundableFen: 3300,
  });
});

test("the portal pays what WeChat closed of ours, and we did not hear of that: both are known in the end", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const ours = await it.accepted(order);
  await it.sandbox.settleRefund({ outRefundNo: ours, status: "REFUNDCLOSE", ...lost });
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 1000 });

  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
  const first = [await verdicts(order), await it.alarms(outRefundNo)];
  const [queued] =
    await it.sql`SELECT payload->>'receiptId' AS id FROM outbox WHERE task = 'find_refunds' ORDER BY outbox.id DESC LIMIT 1`;
  await findRefunds(it.shop, Number(queued?.id));

  expect(first).toEqual([["mismatch FAIL"], ["refund_mismatch"]]);
  expect([await it.status(ours), await it.status(outRefundNo)]).toEqual(["closed", "succeeded"]);
  expect(await it.alarms(outRefundNo)).toEqual([]);
  expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ status: "closed", refundedFen: 1000 });
});

test("more than was received cannot be: FAIL, an alarm, no row", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const refundNo = await it.accepted(order, 500);
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });
  await it.advance(61_000);
  const { outRefundNo } = await it.sandbox.portalRefund({
    outTradeNo: order.outTradeNo,
    refundFen: 100,
    ...lost,
  });

  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", drops: 0, notifyRefundFen: 600 });

  expect(await verdicts(order)).toEqual(["applied SUCCESS", "mismatch FAIL"]);
  expect(await rows(order)).toHaveLength(1);
  expect(await it.alarms(outRefundNo)).toEqual(["refund_mismatch"]);
});

test("what only a notification told is asked about, and a query that knows another amount sets it right", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const { outRefundNo } = await it.sandbox.portalRefund({
    outTradeNo: order.outTradeNo,
    refundFen: 1000,
    ...lost,
  });
  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", drops: 0, notifyRefundFen: 7 });
  const told = (await order.buyer.read(order.orderNo)).body;
  const [queued] =
    await it.sql`SELECT payload FROM outbox WHERE task = 'find_refunds' AND (payload->>'receiptId')::int = ${order.receiptId}`;

  await findRefunds(it.shop, queued?.payload.receiptId);

  expect(told).toMatchObject({ status: "paid", refundedFen: 7 });
  expect(await rows(order)).toMatchObject([{ source: "portal", status: "succeeded", refundFen: 1000 }]);
  expect(await it.alarms(outRefundNo)).toEqual(["refund_mismatch"]);
  expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ status: "closed", refundedFen: 1000 });
  expect(await it.sql`SELECT allocated FROM variants WHERE sku = ${order.sku}`).toEqual([{ allocated: 0 }]);
});

test("one that a notification told of and WeChat does not know is for a person to look at", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const { appId, mchId } = it.shop.environment.wechat;
  const { outTradeNo, transactionId, totalFen } = order;
  const told = {
    source: "notification",
    status: "SUCCESS",
    successAt: null,
    refundRecvAccout: null,
  } as const;
  const numbers = {
    outTradeNo,
    transactionId,
    outRefundNo: `made-up-${order.orderNo}`,
    refundId: "50399999",
  };
  await settleRefund(it.shop, { ...told, appId, mchId, ...numbers, totalFen, refundFen: 400 }, null);
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo, refundFen: 100 });

  await findRefunds(it.shop, order.receiptId);

  expect([await it.alarms(numbers.outRefundNo), await it.alarms(outRefundNo)]).toEqual([
    ["refund_mismatch"],
    [],
  ]);
  const none = await it.aPaidOrder({ priceFen: 1000 });
  await findRefunds(it.shop, none.receiptId);
  expect(await rows(none)).toEqual([]);
});

test("told before the payment itself is known: FAIL, the payment is asked for, and the retry applies", async () => {
  const order = await it.anOrder({ priceFen: 1000 });
  await order.buyer.pay(order.orderNo, "NATIVE");
  const [outTradeNo = ""] = await order.numbers();
  await it.sandbox.pay({ outTradeNo, ...lost });
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo, refundFen: 400 });

  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });
  const early =
    await it.sql`SELECT verdict, answer FROM notifications WHERE kind = 'refund' AND out_trade_no = ${outTradeNo}`;
  const [job] =
    await it.sql`SELECT payload FROM outbox WHERE task = 'ask_now' AND (payload->>'orderId')::int = ${order.orderId}`;
  await askNow(it.shop, job?.payload.paymentId);
  await it.sandbox.resend({ outRefundNo });

  expect(early).toEqual([{ verdict: "unknown", answer: "FAIL" }]);
  expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ status: "paid", refundedFen: 400 });
  expect(
    await it.sql`SELECT verdict, answer, copies FROM notifications WHERE kind = 'refund' AND out_trade_no = ${outTradeNo}`,
  ).toEqual([{ verdict: "portal", answer: "SUCCESS", copies: 1 }]);
  expect(await it.alarms(outRefundNo)).toEqual([]);
});

test("told before the payment is known, and never again: asking about the payment finds its refunds", async () => {
  const order = await it.anOrder({ priceFen: 1000 });
  await order.buyer.pay(order.orderNo, "NATIVE");
  const [outTradeNo = ""] = await order.numbers();
  await it.sandbox.pay({ outTradeNo, ...lost });
  const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo, refundFen: 400, ...lost });
  await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", ...lost });

  const [payment] = await it.sql`SELECT id::int FROM payments WHERE out_trade_no = ${outTradeNo}`;
  await askNow(it.shop, payment?.id);
  const [job] =
    await it.sql`SELECT payload FROM graphile_worker.jobs j JOIN graphile_worker._private_jobs p USING (id)
    WHERE j.task_identifier = 'find_refunds' ORDER BY j.id DESC LIMIT 1`;
  await findRefunds(it.shop, job?.payload.receiptId);

  expect(await it.status(outRefundNo)).toBe("succeeded");
});

test("the same refund told by notification and found by asking at the same moment is one row", async () => {
  for (let n = 0; n < 10; n++) {
    const order = await it.aPaidOrder({ priceFen: 1000 });
    const { outRefundNo } = await it.sandbox.portalRefund({
      outTradeNo: order.outTradeNo,
      refundFen: 600,
      ...lost,
    });
    await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS", ...lost });

    await Promise.all([
      it.sandbox.refundMessage({ outRefundNo, status: "SUCCESS", copies: 3 }),
      findRefunds(it.shop, order.receiptId),
      findRefunds(it.shop, order.receiptId),
    ]);

    expect(await rows(order)).toMatchObject([{ status: "succeeded", refundFen: 600 }]);
    expect(await it.moves(outRefundNo)).toHaveLength(2);
  }
});
