import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { closeOrder } from "@/lib/orders/close-order";
import { closePayment } from "@/lib/payments/close-payment";
import { giveBackReceipt } from "@/lib/receipts/give-back-receipt";
import { tieReceipt } from "@/lib/receipts/tie-receipt";
import { refundSurplus } from "@/lib/refunds/refund-surplus";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

const minute = 60_000;
const refundsOf = (receiptId: number) =>
  it.sql`SELECT out_refund_no AS "refundNo", status, source, reason, refund_fen::int AS fen FROM refunds WHERE receipt_id = ${receiptId} ORDER BY id`;
/** An order that was paid twice: the receipt of the second payment. */
async function paidTwice(of: { priceFen?: number } = {}) {
  const order = await it.anOrder({ priceFen: 1000, ...of });
  await order.buyer.pay(order.orderNo, "NATIVE");
  await order.buyer.pay(order.orderNo, "MWEB");
  const [first = "", second = ""] = await order.numbers();
  await it.sandbox.pay({ outTradeNo: first });
  await it.sandbox.pay({ outTradeNo: second, force: true });
  const [receipt] =
    await it.sql`SELECT id::int, transaction_id AS "transactionId" FROM receipts WHERE order_id = ${order.orderId} AND verdict = 'surplus'`;
  return { order, outTradeNo: second, receiptId: Number(receipt?.id) };
}

describe("money beyond what was owed", () => {
  test("goes back by itself, once, however often and at once the job runs, and the buyer sees it", async () => {
    const { order, outTradeNo, receiptId } = await paidTwice();

    await Promise.all(Array.from({ length: 10 }, () => refundSurplus(it.shop, receiptId)));
    await refundSurplus(it.shop, receiptId);
    const [refund] = await refundsOf(receiptId);
    const refundNo = String(refund?.refundNo);
    await it.send(refundNo);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

    expect(await refundsOf(receiptId)).toEqual([
      { refundNo, status: "succeeded", source: "shop", reason: "surplus", fen: 1000 },
    ]);
    expect(await it.sandbox.refunds(outTradeNo)).toMatchObject([{ refundFen: 1000, status: "SUCCESS" }]);
    const { body } = await order.buyer.read(order.orderNo);
    expect(body).toMatchObject({ status: "paid", surplusFen: 1000, refundedFen: 0, refundableFen: 1000 });
    expect(body.refunds).toMatchObject([{ refundNo, automatic: true, withdrawable: false, refundFen: 1000 }]);
  });

  test("of which the portal has sent a part back already: the rest", async () => {
    const { outTradeNo, receiptId } = await paidTwice();
    const { outRefundNo } = await it.sandbox.portalRefund({ outTradeNo, refundFen: 300 });
    await it.sandbox.settleRefund({ outRefundNo, status: "SUCCESS" });

    await refundSurplus(it.shop, receiptId);

    expect((await refundsOf(receiptId)).map(({ source, fen }) => [source, fen])).toEqual([
      ["portal", 300],
      ["shop", 700],
    ]);
  });

  test("is not sent again by the rule when WeChat closed it; a person can", async () => {
    const { receiptId } = await paidTwice();
    await refundSurplus(it.shop, receiptId);
    const refundNo = String((await refundsOf(receiptId))[0]?.refundNo);
    await it.send(refundNo);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "REFUNDCLOSE" });

    await refundSurplus(it.shop, receiptId);
    const byRule = await refundsOf(receiptId);
    const again = await giveBackReceipt(it.shop, { receiptId, by: it.boss, note: "换卡重退" });
    await it.advance(61_000);
    await it.send(again.refundNo);
    await it.sandbox.settleRefund({ outRefundNo: again.refundNo, status: "SUCCESS" });

    expect(byRule).toMatchObject([{ status: "closed" }]);
    expect(await refundsOf(receiptId)).toMatchObject([
      { status: "closed" },
      { status: "succeeded", fen: 1000 },
    ]);
  });

  test("is not asked for by the buyer, nor by itself what settled the order", async () => {
    const { order } = await paidTwice();

    const answer = await order.buyer.refund({ orderNo: order.orderNo, refundFen: 1001, reason: "unwanted" });
    expect(answer).toMatchObject({ status: 422, body: { refundableFen: 1000 } });

    const [settling] =
      await it.sql`SELECT id::int FROM receipts WHERE order_id = ${order.orderId} AND verdict = 'settling'`;
    await refundSurplus(it.shop, settling?.id);
    expect(await refundsOf(settling?.id)).toEqual([]);
    await expect(
      giveBackReceipt(it.shop, { receiptId: settling?.id, by: it.boss, note: null }),
    ).rejects.toMatchObject({ code: "receipt_decided" });
  });
});

describe("money of another amount than asked", () => {
  async function short() {
    const order = await it.anOrder({ priceFen: 1000, onHand: 3 });
    await order.buyer.pay(order.orderNo, "NATIVE");
    const [outTradeNo = ""] = await order.numbers();
    await it.sandbox.pay({ outTradeNo, amountFen: 900 });
    const [receipt] = await it.sql`SELECT id::int, verdict FROM receipts WHERE order_id = ${order.orderId}`;
    const [payment] = await it.sql`SELECT id::int FROM payments WHERE order_id = ${order.orderId}`;
    expect(receipt?.verdict).toBe("mismatch");
    return { order, outTradeNo, receiptId: Number(receipt?.id), paymentId: Number(payment?.id) };
  }
  const allocated = async (sku: string) =>
    (await it.sql`SELECT allocated FROM variants WHERE sku = ${sku}`)[0]?.allocated;

  test("given back: the order ends afterwards, not before, and its stock is free", async () => {
    const { order, outTradeNo, receiptId } = await short();
    await it.advance(31 * minute);
    await closeOrder(it.shop, order.orderId);
    const held = [(await order.buyer.read(order.orderNo)).body.status, await allocated(order.sku)];

    const { refundNo, status } = await giveBackReceipt(it.shop, { receiptId, by: it.boss, note: "少付" });
    await it.send(refundNo);
    await closeOrder(it.shop, order.orderId);
    const underWay = (await order.buyer.read(order.orderNo)).body.status;
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });
    const [queued] =
      await it.sql`SELECT payload FROM outbox WHERE task = 'close_order' AND (payload->>'orderId')::int = ${order.orderId}`;
    await closeOrder(it.shop, queued?.payload.orderId);

    expect(held).toEqual(["closing", 1]);
    expect([status, underWay]).toEqual(["approved", "closing"]);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "closed",
      closedReason: "expired",
    });
    expect(await allocated(order.sku)).toBe(0);
    expect(await it.sandbox.refunds(outTradeNo)).toMatchObject([{ refundFen: 900, executed: 1 }]);
    const open =
      await it.sql`SELECT kind FROM alarms JOIN alarm_orders o ON o.alarm_id = alarms.id WHERE o.order_id = ${order.orderId} AND status <> 'resolved'`;
    expect(open).toEqual([]);
  });

  test("tied to another order: that one is paid, the payment's own ends and gives its stock free", async () => {
    const { order, receiptId, paymentId } = await short();
    const other = await it.anOrder({ priceFen: 900 });

    await tieReceipt(it.shop, { receiptId, orderNo: other.orderNo, by: it.boss, note: null });
    await it.advance(31 * minute);
    const ended = await closePayment(it.shop, paymentId);
    await closeOrder(it.shop, order.orderId);

    expect((await other.buyer.read(other.orderNo)).body).toMatchObject({
      status: "paid",
      paidFen: 900,
      refundableFen: 900,
    });
    expect(ended).toEqual({ kind: "closed" });
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ status: "closed", paidFen: 0 });
    expect(await allocated(order.sku)).toBe(0);
  });

  test("tied to its own order: the buyer gets back what was received, not what was asked", async () => {
    const { order, outTradeNo, receiptId } = await short();

    await tieReceipt(it.shop, { receiptId, orderNo: order.orderNo, by: it.boss, note: null });
    const tooMuch = await order.buyer.refund({ orderNo: order.orderNo, refundFen: 901, reason: "unwanted" });
    const refundNo = await it.accepted(order, 900);
    await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS" });

    expect(tooMuch).toMatchObject({ status: 422, body: { refundableFen: 900 } });
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({
      status: "closed",
      closedReason: "refunded",
      paidFen: 900,
      refundedFen: 900,
    });
    expect(await it.sandbox.refunds(outTradeNo)).toMatchObject([{ refundFen: 900 }]);
  });
});
