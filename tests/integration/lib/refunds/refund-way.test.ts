import { afterAll, beforeAll, expect, test } from "vitest";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { climbRefundLadder } from "@/lib/refunds/climb-refund-ladder";
import { sendRefund } from "@/lib/refunds/send-refund";
import { addStaff } from "@/lib/staff/add-staff";
import { aShopAtWechat } from "@/tests/support/a-shop-at-wechat";

let it: Awaited<ReturnType<typeof aShopAtWechat>>;
beforeAll(async () => {
  it = await aShopAtWechat();
});
afterAll(() => it.close());

test("asked for, approved, sent, paid back: the ledger shows one refund and the order closes as refunded", async () => {
  const order = await it.anOrder({ priceFen: 8800 });
  await order.buyer.pay(order.orderNo, "NATIVE");
  const [outTradeNo = ""] = await order.numbers();
  await it.sandbox.pay({ outTradeNo });
  const { id: staffId } = await addStaff(it.shop, { email: "w@shop.test", role: "owner" }, null);

  const asked = await order.buyer.refund({ orderNo: order.orderNo, refundFen: 8800, reason: "unwanted" });
  expect(asked).toMatchObject({ status: 201, body: { status: "requested" } });
  const refundNo = String(asked.body.refundNo);
  const approved = await approveRefund(it.shop, { refundNo, by: { staffId, address: "127.0.0.1" } });
  expect(approved).toEqual({ status: "approved", waitsForSecond: false });
  const [row] = await it.sql`SELECT id::int FROM refunds WHERE out_refund_no = ${refundNo}`;
  await sendRefund(it.shop, row?.id);
  expect((await order.buyer.read(order.orderNo)).body.refunds).toMatchObject([{ status: "accepted" }]);
  await it.advance(120_000);
  await climbRefundLadder(it.shop, row?.id);

  const { body } = await order.buyer.read(order.orderNo);
  expect(body).toMatchObject({
    status: "closed",
    closedReason: "refunded",
    refundedFen: 8800,
    refundableFen: 0,
  });
  expect(body.refunds).toMatchObject([{ status: "succeeded", refundFen: 8800, reason: "unwanted" }]);
});
