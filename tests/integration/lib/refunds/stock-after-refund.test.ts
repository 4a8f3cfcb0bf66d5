import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approveRefund, askReturn } from "@/lib/refunds/approve-refund";
import { receiveReturn } from "@/lib/refunds/return-goods";
import { settleRefund } from "@/lib/refunds/settle-refund";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, askedBy, type RefundableOrder } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = {
    staffId: (await addStaff(it.shop, { email: "s@shop.test", role: "owner" }, null)).id,
    address: "192.0.2.7",
  };
});
afterAll(() => it.close());

/** Two products of one kind, 10 pieces of each on hand; 3 and 2 of them ordered, some of them shipped. */
async function anOrder(of: { kind?: "physical" | "virtual"; shipped?: [number, number] } = {}) {
  const kind = of.kind ?? "virtual";
  const products = [
    await it.aProduct({ kind, priceFen: 10_000, onHand: 10 }),
    await it.aProduct({ kind, priceFen: 20_000, onHand: 10 }),
  ] as const;
  const items = [
    { sku: products[0].sku, quantity: 3 },
    { sku: products[1].sku, quantity: 2 },
  ];
  const order = await aRefundableOrder(it.shop, { items, isPhysical: kind === "physical" });
  for (const [n, shipped] of (of.shipped ?? []).entries()) {
    const { variantId } = products[n as 0 | 1];
    await it.sql`UPDATE order_lines SET shipped = ${shipped} WHERE order_id = ${order.orderId} AND variant_id = ${variantId}`;
    // What shipping does to stock: it leaves both counts.
    await it.sql`UPDATE variants SET on_hand = on_hand - ${shipped}, allocated = allocated - ${shipped} WHERE id = ${variantId}`;
  }
  return { order, skus: [products[0].sku, products[1].sku] as const };
}
/** allocated/on hand of each, and the pieces of each line that nobody ships any more. */
const stock = async ({ orderId }: RefundableOrder) =>
  (
    await it.sql`SELECT v.allocated, v.on_hand, l.dropped FROM order_lines l JOIN variants v ON v.id = l.variant_id
      WHERE l.order_id = ${orderId} ORDER BY v.id`
  ).map(({ allocated, on_hand, dropped }) => `${allocated}/${on_hand} -${dropped}`);
const stateOf = async ({ orderId }: RefundableOrder) =>
  (await it.sql`SELECT status, closed_reason AS reason FROM orders WHERE id = ${orderId}`)[0];

let serial = 0;
/** WeChat pays it back. */
async function paidBack(order: RefundableOrder, refundNo: string) {
  await it.sql`UPDATE refunds SET status = 'accepted', accepted_at = now(), refund_id = ${`5039${Date.now()}${++serial}`}
    WHERE out_refund_no = ${refundNo}`;
  await tellPaid(order, refundNo);
}
async function tellPaid(order: RefundableOrder, refundNo: string) {
  const [row] =
    await it.sql`SELECT refund_fen::int AS fen, refund_id AS "refundId" FROM refunds WHERE out_refund_no = ${refundNo}`;
  const { appId, mchId } = it.shop.environment.wechat;
  const told = {
    source: "query",
    appId,
    mchId,
    status: "SUCCESS",
    successAt: null,
    refundRecvAccout: null,
  } as const;
  const { outTradeNo, transactionId, totalFen } = order;
  await settleRefund(
    it.shop,
    {
      ...told,
      outTradeNo,
      transactionId,
      totalFen,
      outRefundNo: refundNo,
      refundId: row?.refundId,
      refundFen: row?.fen,
    },
    null,
  );
}
async function refunded(
  order: RefundableOrder,
  of: { refundFen: number; lines?: { sku: string; quantity: number }[] } & Partial<
    Parameters<typeof approveRefund>[1]
  >,
) {
  const { refundFen, lines, ...approval } = of;
  const refundNo = await askedBy(it.shop, order, { refundFen, lines });
  await approveRefund(it.shop, { refundNo, by, ...approval });
  await paidBack(order, refundNo);
  return refundNo;
}

describe("nothing has left", () => {
  test("the whole: all stock is free and the order closes as refunded", async () => {
    const { order } = await anOrder();
    const before = await stock(order);

    await refunded(order, { refundFen: order.totalFen });

    expect(before).toEqual(["3/10 -0", "2/10 -0"]);
    expect(await stock(order)).toEqual(["0/10 -3", "0/10 -2"]);
    expect(await stateOf(order)).toEqual({ status: "closed", reason: "refunded" });
  });

  test("some pieces: just their stock is free and the order goes on", async () => {
    const { order, skus } = await anOrder();

    await refunded(order, { refundFen: 20_000, lines: [{ sku: skus[0], quantity: 2 }] });

    expect(await stock(order)).toEqual(["1/10 -2", "2/10 -0"]);
    expect(await stateOf(order)).toEqual({ status: "paid", reason: null });
  });

  test("a sum without pieces: no stock moves", async () => {
    const { order } = await anOrder();

    await refunded(order, { refundFen: 500 });

    expect(await stock(order)).toEqual(["3/10 -0", "2/10 -0"]);
  });

  test("pieces that the shop writes off are not on hand any more", async () => {
    const { order, skus } = await anOrder({ kind: "physical" });

    const restock = [{ sku: skus[0], restock: false }];
    await refunded(order, { refundFen: 20_000, lines: [{ sku: skus[0], quantity: 2 }], restock });

    expect(await stock(order)).toEqual(["1/8 -2", "2/10 -0"]);
  });

  test("a price reduction leaves the buyer everything", async () => {
    const { order, skus } = await anOrder();

    await refunded(order, { refundFen: 20_000, lines: [{ sku: skus[0], quantity: 2 }], dropLines: true });

    expect(await stock(order)).toEqual(["3/10 -0", "2/10 -0"]);
  });

  test("in several parts: it closes with the last, and every piece comes back once", async () => {
    const { order, skus } = await anOrder();

    await refunded(order, { refundFen: 30_000, lines: [{ sku: skus[0], quantity: 2 }] });
    await refunded(order, { refundFen: 10_000, lines: [{ sku: skus[1], quantity: 1 }] });
    const between = [await stock(order), await stateOf(order)];
    await refunded(order, { refundFen: order.totalFen - 40_000 });

    expect(between).toEqual([["1/10 -2", "1/10 -1"], { status: "paid", reason: null }]);
    expect(await stock(order)).toEqual(["0/10 -3", "0/10 -2"]);
    expect(await stateOf(order)).toEqual({ status: "closed", reason: "refunded" });
  });
});

describe("pieces have left", () => {
  test("the whole of a shipped order: it stays as it is, and nothing is on hand by itself", async () => {
    const { order } = await anOrder({ kind: "physical", shipped: [3, 2] });
    await it.sql`UPDATE orders SET status = 'shipped' WHERE id = ${order.orderId}`;

    await refunded(order, { refundFen: order.totalFen });

    expect(await stock(order)).toEqual(["0/7 -0", "0/8 -0"]);
    expect(await stateOf(order)).toEqual({ status: "shipped", reason: null });
  });

  test("the whole of one that has left in part: what has not left is free, and it is shipped", async () => {
    const { order } = await anOrder({ kind: "physical", shipped: [2, 0] });

    await refunded(order, { refundFen: order.totalFen });

    expect(await stock(order)).toEqual(["0/8 -1", "0/10 -2"]);
    expect(await stateOf(order)).toEqual({ status: "shipped", reason: null });
  });

  test("what came back can be sold again where a person said so, line by line", async () => {
    const { order, skus } = await anOrder({ kind: "physical", shipped: [3, 2] });

    const restock = [
      { sku: skus[0], restock: true },
      { sku: skus[1], restock: false },
    ];
    await refunded(order, { refundFen: order.totalFen, restock });

    expect(await stock(order)).toEqual(["0/10 -0", "0/8 -0"]);
  });

  test.each([
    [true, ["0/10 -0", "0/10 -0"]],
    [false, ["0/7 -0", "0/8 -0"]],
  ] as const)("goods that came back first, fit for sale: %s", async (restock, counts) => {
    const { order } = await anOrder({ kind: "physical", shipped: [3, 2] });
    const refundNo = await askedBy(it.shop, order, { refundFen: order.totalFen });
    await askReturn(it.shop, { refundNo, by, note: "寄回" });
    await receiveReturn(it.shop, { refundNo, by, restock });

    await paidBack(order, refundNo);

    expect(await stock(order)).toEqual(counts);
  });

  test("codes that were handed over are used up", async () => {
    const { order } = await anOrder({ kind: "virtual", shipped: [3, 2] });

    await refunded(order, { refundFen: order.totalFen });

    expect(await stock(order)).toEqual(["0/7 -0", "0/8 -0"]);
  });

  test("pieces of both sorts: what had not left is free first", async () => {
    const { order, skus } = await anOrder({ kind: "physical", shipped: [1, 0] });

    const lines = [{ sku: skus[0], quantity: 3 }];
    await refunded(order, { refundFen: 30_000, lines, restock: [{ sku: skus[0], restock: true }] });

    expect(await stock(order)).toEqual(["0/10 -2", "2/10 -0"]);
  });
});

test("told twice, stock comes back once", async () => {
  const { order, skus } = await anOrder();
  const refundNo = await refunded(order, { refundFen: 10_000, lines: [{ sku: skus[0], quantity: 1 }] });

  await tellPaid(order, refundNo);
  await tellPaid(order, refundNo);

  expect(await stock(order)).toEqual(["2/10 -1", "2/10 -0"]);
});
