import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEvent } from "@/lib/orders/describe-event";
import { listOrders } from "@/lib/orders/list-orders";
import { allOrders } from "@/lib/orders/order-filter";
import { readTimeline } from "@/lib/orders/read-timeline";
import { recordCall } from "@/lib/payments/record-call";
import { giveBackReceipt } from "@/lib/receipts/give-back-receipt";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { findRefund } from "@/lib/refunds/find-refund";
import { listRefundsOfOrder } from "@/lib/refunds/list-refunds-of-order";
import { readRefundTimeline } from "@/lib/refunds/read-refund-timeline";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { addStaff } from "@/lib/staff/add-staff";
import { aRefundableOrder, askedBy, moneyArrives } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let by: { staffId: number; address: string };
beforeAll(async () => {
  it = await aShop();
  const { id } = await addStaff(it.shop, { email: "o@shop.test", role: "owner", name: "店主" }, null);
  by = { staffId: id, address: "127.0.0.1" };
});
afterAll(() => it.close());

const later = () => {
  it.clock.now = new Date(it.clock.now.getTime() + 1000);
};

test("one refund is told with its receipt, its siblings, its goods and who decided, openids masked", async () => {
  const { sku } = await it.aProduct({ priceFen: 5000 });
  const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }] });
  const first = await askedBy(it.shop, order, { refundFen: 2000 });
  const refundNo = await askedBy(it.shop, order, { refundFen: 5000, lines: [{ sku, quantity: 1 }] });
  await approveRefund(it.shop, {
    refundNo,
    by,
    refundFen: 4000,
    note: "已使用一次",
    restock: [{ sku, restock: false }],
  });

  for (const [position, name] of ["b.webp", "a.webp"].entries())
    await it.sql`WITH picture AS (INSERT INTO pictures (name, content_type, bytes) VALUES (${name}, 'image/webp', 'x') RETURNING name)
      INSERT INTO refund_pictures (refund_id, picture_name, position)
      SELECT f.id, p.name, ${position} FROM refunds f, picture p WHERE f.out_refund_no = ${refundNo}`;

  const found = await findRefund(it.shop, refundNo);

  expect(found).toMatchObject({
    pictures: ["b.webp", "a.webp"],
    order: { orderNo: order.orderNo },
    refund: { status: "approved", requestedFen: 5000, refundFen: 4000, decisionNote: "已使用一次" },
    receipt: { totalFen: 10_000, payer: "oUpF＊＊＊＊eS6o" },
    leftFen: 4000,
    decider: "店主",
    others: [{ outRefundNo: first, status: "requested", refundFen: 2000 }],
    lines: [{ sku, ordered: 2, shipped: 0, asked: 1, restock: false }],
    history: { ordersPaid: 1, refunds: 1, refundedFen: 2000 },
  });
  expect(JSON.stringify(found)).not.toContain("oUpF8uMuAJO");
  await it.sql`UPDATE refunds SET refund_id = '50000000382019052709732678859' WHERE out_refund_no = ${refundNo}`;
  for (const number of [refundNo, "50000000382019052709732678859"])
    expect((await listOrders(it.shop, { ...allOrders, q: number })).orders).toMatchObject([
      { orderNo: order.orderNo },
    ]);
  expect(await findRefund(it.shop, "R0")).toBeNull();
  expect(await findRefund(it.shop, "R\0")).toBeNull();
});

test("moves, calls and audit entries of a refund stand in its own time line and in its order's, not in another's", async () => {
  const { sku } = await it.aProduct({ priceFen: 5000 });
  const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }] });
  later();
  const rejected = await askedBy(it.shop, order, { refundFen: 1000 });
  later();
  await rejectRefund(it.shop, { refundNo: rejected, by, note: "不符合条件" });
  later();
  const refundNo = await askedBy(it.shop, order, { refundFen: 2000 });
  later();
  await approveRefund(it.shop, { refundNo, by });
  later();
  const refund = (await findRefund(it.shop, refundNo))?.refund;
  if (!refund) throw new Error("no refund");
  await recordCall(
    it.shop,
    { refund, call: "refund" },
    async () => "",
    () => "accepted",
  );

  const [own, whole] = await Promise.all([
    readRefundTimeline(it.shop, { refundId: refund.id, orderId: order.orderId, receiptId: order.receiptId }),
    readTimeline(it.shop, order.orderId),
  ]);

  const told = own.filter((event) => event.kind !== "waiting_job").map(describeEvent);
  expect(told.map(([what]) => what)).toEqual([
    "refund request",
    "audit refund.approve",
    "refund approve",
    "call refund",
  ]);
  expect(told[0]?.[1]).toBe(refundNo);
  expect(told[3]?.[1]).toBe(refundNo);
  expect(own.filter((event) => event.kind === "waiting_job")).toMatchObject([{ task: "send_refund" }]);
  const wholeTold = whole.map(describeEvent).map(([what]) => what);
  for (const what of ["refund reject", "audit refund.reject", "refund approve", "call refund"])
    expect(wholeTold).toContain(what);
  expect((await listRefundsOfOrder(it.shop, order.orderId)).map((one) => one.outRefundNo)).toEqual([
    rejected,
    refundNo,
  ]);
});

test("a refund of money that belongs to no order has a time line, too", async () => {
  const transactionId = await moneyArrives(it.shop, { outTradeNo: "nobodys", totalFen: 100 });
  const [receipt] = await it.sql`SELECT id::int FROM receipts WHERE transaction_id = ${transactionId}`;
  const given = await giveBackReceipt(it.shop, { receiptId: receipt?.id, by, note: "查无此单" });
  await it.sql`UPDATE refunds SET out_refund_no = 'R|1*2@3' WHERE out_refund_no = ${given.refundNo}`;

  const found = await findRefund(it.shop, "R|1*2@3");
  const events = await readRefundTimeline(it.shop, {
    refundId: found?.refund.id ?? 0,
    orderId: null,
    receiptId: receipt?.id,
  });

  expect(found).toMatchObject({ order: null, lines: [], asker: "店主", history: { ordersPaid: 0 } });
  expect(events.filter((event) => event.kind !== "outbox").map((event) => describeEvent(event)[0])).toEqual([
    "audit receipt.give_back",
    "refund request",
    "refund approve",
    "job waits",
  ]);
});
