import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { addStaff } from "@/lib/staff/add-staff";
import { aCaller } from "@/tests/support/a-caller";
import { aShop } from "@/tests/support/a-shop";
import { anAskingBuyer } from "@/tests/support/an-asking-buyer";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterEach(() => it.sql`DELETE FROM settings`);
afterAll(() => it.close());

const anOrder = () => anAskingBuyer(it);
const refundsOf = (orderId: number) =>
  it.sql`SELECT status FROM refunds WHERE order_id = ${orderId} ORDER BY id`;
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return `${status} ${body.code ?? ""}`.trim();
};

test("withdrawing gives the amount free; again it is the same answer", async () => {
  const order = await anOrder();
  const refundNo = String((await order.ask()).body.refundNo);

  const answers = await Promise.all(Array.from({ length: 10 }, () => order.buyer.withdraw(refundNo)));

  for (const { status, body } of answers)
    expect([status, body]).toEqual([200, { refundNo, status: "withdrawn" }]);
  expect(
    await it.sql`SELECT count(*)::int FROM transitions WHERE event = 'withdraw' AND order_id = ${order.orderId}`,
  ).toEqual([{ count: 1 }]);
  expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ refundableFen: 12_000 });
});

test("a stranger, another buyer, and a number that nobody has: nothing is withdrawn", async () => {
  const [order, other] = [await anOrder(), await anOrder()];
  const refundNo = String((await order.ask()).body.refundNo);

  expect(await codeOf(aCaller().withdraw(refundNo))).toBe("401 unauthenticated");
  expect(await codeOf(other.buyer.withdraw(refundNo))).toBe("404 not_found");
  for (const wrong of ["NOSUCH", "a\0b", "x".repeat(5000)])
    expect(await codeOf(order.buyer.withdraw(wrong))).toBe("404 not_found");
  expect(await refundsOf(order.orderId)).toMatchObject([{ status: "requested" }]);
});

test.each([
  "approved",
  "awaiting_return",
  "accepted",
  "abnormal",
  "succeeded",
  "closed",
  "manual",
  "rejected",
])("a request cannot be withdrawn once it is %s", async (status) => {
  const order = await anOrder();
  const refundNo = String((await order.ask()).body.refundNo);
  await it.sql`UPDATE refunds SET status = ${status}, settled_at = now() WHERE out_refund_no = ${refundNo}`;

  const { status: http, body } = await order.buyer.withdraw(refundNo);

  expect([http, body.code, body.refundStatus]).toEqual([409, "refund_decided", status]);
  expect(await refundsOf(order.orderId)).toMatchObject([{ status }]);
});

test("nobody withdraws what the shop asked for itself", async () => {
  const order = await anOrder();
  const refundNo = String((await order.ask()).body.refundNo);
  await it.sql`UPDATE refunds SET source = 'staff', member_id = NULL WHERE out_refund_no = ${refundNo}`;

  expect(await codeOf(order.buyer.withdraw(refundNo))).toBe("409 refund_decided");
});

test("after a first of two approvals it can still be withdrawn", async () => {
  await it.sql`INSERT INTO settings (key, value) VALUES ('refundSecondPersonFromFen', '100')`;
  const { id: staffId } = await addStaff(it.shop, { email: "w@shop.test", role: "owner" }, null);
  const order = await anOrder();
  const refundNo = String((await order.ask()).body.refundNo);
  await approveRefund(it.shop, { refundNo, by: { staffId, address: "192.0.2.7" } });

  expect(await codeOf(order.buyer.withdraw(refundNo))).toBe("200");
});
