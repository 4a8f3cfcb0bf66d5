import { afterAll, beforeAll, expect, test } from "vitest";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterAll(() => it.close());

const picture = "e".repeat(64);
async function aGuest() {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  await it.sql`INSERT INTO pictures (name, content_type, bytes) VALUES (${picture}, 'image/webp', ${Buffer.from("x")}) ON CONFLICT DO NOTHING`;
  await it.sql`INSERT INTO uploads (member_id, picture_name) VALUES (${order.memberId}, ${picture})`;
  return order;
}

test("a guest who signs in takes refunds, keys and pictures along, and nobody else has them afterwards", async () => {
  const [first, second] = [await aGuest(), await aGuest()];
  const key = { "idempotency-key": "once" };
  const given = { orderNo: second.orderNo, refundFen: 400, reason: "unwanted" };
  const asked = await second.buyer.refund(given, key);
  const refundNo = String(asked.body.refundNo);
  await it.signIn(first.buyer, { guestId: first.memberId, buyer: "lin" });

  await it.signIn(second.buyer, { guestId: second.memberId, buyer: "lin" }); // The same person in another browser.

  const [row] =
    await it.sql`SELECT f.member_id = o.member_id AS same, o.member_id::int AS "memberId" FROM refunds f JOIN orders o ON o.id = f.order_id
    WHERE f.out_refund_no = ${refundNo}`;
  expect(row).toEqual({ same: true, memberId: first.memberId });
  expect((await second.buyer.refund(given, key)).body.refundNo).toBe(refundNo);
  expect((await second.buyer.read(second.orderNo)).body.refunds).toMatchObject([
    { refundNo, withdrawable: true },
  ]);
  const withPicture = { ...given, refundFen: 1, pictures: [picture] };
  expect((await second.buyer.refund(withPicture)).status).toBe(201);
  const before = withdrawRefund(it.shop, { refundNo, memberId: second.memberId });
  await expect(before).rejects.toMatchObject({ code: "not_found" });
  expect((await second.buyer.withdraw(refundNo)).status).toBe(200);
  expect(await it.sql`SELECT 1 FROM uploads WHERE member_id = ${second.memberId}`).toEqual([]);
});

test("asking and signing in at the same moment, twenty times: the refund is where its order is", async () => {
  for (let n = 0; n < 20; n++) {
    const order = await it.aPaidOrder({ priceFen: 1000 });
    const given = { orderNo: order.orderNo, refundFen: 400, reason: "unwanted" };

    const [asked] = await Promise.all([
      order.buyer.refund(given),
      it.signIn(order.buyer, { guestId: order.memberId, buyer: "wang" }),
    ]);

    expect([201, 401, 404]).toContain(asked.status);
    const [astray] = await it.sql`SELECT count(*)::int FROM refunds f JOIN orders o ON o.id = f.order_id
      WHERE f.order_id = ${order.orderId} AND f.member_id <> o.member_id`;
    expect(astray?.count).toBe(0);
    const own = await order.buyer.refund({ ...given, refundFen: 1 });
    expect(own.status).toBe(201);
  }
});
