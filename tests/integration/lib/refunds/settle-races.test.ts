import { afterAll, beforeAll, expect, test } from "vitest";
import { settleRefund } from "@/lib/refunds/settle-refund";
import { aRefundableOrder } from "@/tests/support/a-refundable-order";
import { aShop, aTransactionId } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterAll(() => it.close());

/** An order of two pieces, and WeChat's word about a number; `accepted`: it is one of ours that WeChat has. */
async function aRefund(of: { refundFen: number; accepted: boolean }) {
  const { sku, variantId } = await it.aProduct({ priceFen: 500, onHand: 9 });
  const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }] });
  const refundNo = `R${aTransactionId()}`;
  const refundId = `5${refundNo.slice(1)}`;
  if (of.accepted)
    await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, refund_id, source, status, requested_fen, refund_fen, reason, accepted_at)
      VALUES (${order.receiptId}, ${order.orderId}, ${refundNo}, ${refundId}, 'staff', 'accepted', ${of.refundFen}, ${of.refundFen}, 'other', now())`;
  const { appId, mchId } = it.shop.environment.wechat;
  const { outTradeNo, transactionId, totalFen } = order;
  const told = { appId, mchId, status: "SUCCESS", successAt: null, refundRecvAccout: null } as const;
  const facts = {
    ...told,
    outTradeNo,
    transactionId,
    totalFen,
    outRefundNo: refundNo,
    refundId,
    refundFen: of.refundFen,
  };
  const message = { dedupeKey: refundNo, headers: {}, body: Buffer.from("x"), address: "192.0.2.1" };
  return {
    ...{ order, variantId, refundNo },
    notified: () => settleRefund(it.shop, { source: "notification", ...facts }, message),
    queried: () => settleRefund(it.shop, { source: "query", ...facts }, null),
  };
}
const movesOf = async (refundNo: string, event: string) =>
  (
    await it.sql`SELECT count(*)::int FROM transitions t JOIN refunds f ON f.id = t.entity_id
      WHERE t.entity = 'refund' AND t.event = ${event} AND f.out_refund_no = ${refundNo}`
  )[0]?.count;

test.each([true, false])(
  "notification against query, a hundred times (a refund of ours: %s): it succeeds once",
  async (accepted) => {
    for (let n = 0; n < 100; n++) {
      const of = await aRefund({ refundFen: 1000, accepted });

      const answers = await Promise.all(
        n % 2 ? [of.notified(), of.queried(), of.notified()] : [of.queried(), of.notified(), of.queried()],
      );

      for (const { answer } of answers) expect(answer).toBe("SUCCESS");
      expect(answers.filter(({ verdict }) => verdict !== "repeated")).toHaveLength(1);
      expect(await movesOf(of.refundNo, "succeed")).toBe(1);
      const [facts] =
        await it.sql`SELECT o.status, v.allocated, v.on_hand AS "onHand" FROM orders o, variants v
      WHERE o.id = ${of.order.orderId} AND v.id = ${of.variantId}`;
      expect(facts).toEqual({ status: "closed", allocated: 0, onHand: 9 });
    }
  },
  60_000,
);

test("two parts that make the whole end at the same moment, a hundred times: the order closes once", async () => {
  for (let n = 0; n < 100; n++) {
    const first = await aRefund({ refundFen: 400, accepted: true });
    const second = `S${first.refundNo.slice(1)}`;
    const { order } = first;
    await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, refund_id, source, status, requested_fen, refund_fen, reason, accepted_at)
      VALUES (${order.receiptId}, ${order.orderId}, ${second}, ${`6${second.slice(1)}`}, 'staff', 'accepted', 600, 600, 'other', now())`;
    const { appId, mchId } = it.shop.environment.wechat;
    const { outTradeNo, transactionId, totalFen } = order;
    const told = {
      source: "query",
      appId,
      mchId,
      status: "SUCCESS",
      successAt: null,
      refundRecvAccout: null,
    } as const;
    const numbers = { outRefundNo: second, refundId: `6${second.slice(1)}`, refundFen: 600 };

    await Promise.all([
      first.notified(),
      settleRefund(it.shop, { ...told, outTradeNo, transactionId, totalFen, ...numbers }, null),
    ]);

    const closings =
      await it.sql`SELECT event FROM transitions WHERE order_id = ${order.orderId} AND entity = 'order' AND event = 'refund'`;
    expect(closings).toHaveLength(1);
    const [stock] =
      await it.sql`SELECT allocated, on_hand AS "onHand" FROM variants WHERE id = ${first.variantId}`;
    expect(stock).toEqual({ allocated: 0, onHand: 9 });
  }
}, 60_000);
