import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { findOrderId } from "@/lib/orders/find-order-id";
import { listOrders, orderPageSize } from "@/lib/orders/list-orders";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { aShop, aTransactionId, type PayableOrder, paymentNotification } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
const made: PayableOrder[] = [];
const transactionId = aTransactionId();

beforeAll(async () => {
  it = await aShop();
  const { sku } = await it.aProduct();
  for (let n = 0; n < 2 * orderPageSize + 7; n++) made.push(await it.payableOrder({ sku }));
  const { environment } = it.shop;
  const paid = made[3] ?? expect.fail("no orders were made");
  const body = paymentNotification(environment.wechat, { ...paid, transactionId });
  const message = { body: Buffer.from(body), headers: {}, address: "127.0.0.1" };
  await receivePaymentResult(it.shop, readPaymentResult(message.body, environment.wechat), message);
});
afterAll(() => it.close());

const all = { status: null, search: null } as const;
const numbers = (page: { orders: { orderNo: string }[] }) => page.orders.map((order) => order.orderNo);
const newestFirst = () => made.map((order) => order.orderNo).reverse();

describe("the order list", () => {
  test("walked to the end by its cursors shows every order once, newest first, and back again", async () => {
    const first = await listOrders(it.shop, all);
    const second = await listOrders(it.shop, { ...all, before: first.older ?? 0 });
    const third = await listOrders(it.shop, { ...all, before: second.older ?? 0 });

    expect([...numbers(first), ...numbers(second), ...numbers(third)]).toEqual(newestFirst());
    expect([first.newer, third.older]).toEqual([null, null]);
    const back = await listOrders(it.shop, { ...all, after: third.newer ?? 0 });
    expect(numbers(back)).toEqual(numbers(second));
    expect(numbers(await listOrders(it.shop, { ...all, after: back.newer ?? 0 }))).toEqual(numbers(first));
  });

  test("an order made while somebody reads does not shift the next page", async () => {
    const first = await listOrders(it.shop, all);
    const before = numbers(await listOrders(it.shop, { ...all, before: first.older ?? 0 }));

    made.push(await it.payableOrder());

    expect(numbers(await listOrders(it.shop, { ...all, before: first.older ?? 0 }))).toEqual(before);
  });

  test("filtered by status shows only that", async () => {
    const paid = await listOrders(it.shop, { ...all, status: "paid" });

    expect(numbers(paid)).toEqual([made[3]?.orderNo]);
    expect(paid.orders[0]).toMatchObject({
      status: "paid",
      quantity: 1,
      oweFen: 0,
      totalFen: made[3]?.totalFen,
    });
  });

  test.each([
    ["its order number", () => made[3]?.orderNo],
    ["its out_trade_no", () => made[3]?.outTradeNo],
    ["its transaction_id", () => transactionId],
  ])("an order is found by %s", async (_, number) => {
    expect(numbers(await listOrders(it.shop, { ...all, search: number() ?? "" }))).toEqual([
      made[3]?.orderNo,
    ]);
    expect(await findOrderId(it.shop, number() ?? "")).toMatchObject({ orderNo: made[3]?.orderNo });
  });

  test("status and search are both kept to", async () => {
    expect(numbers(await listOrders(it.shop, { status: "closed", search: made[3]?.orderNo ?? "" }))).toEqual(
      [],
    );
  });

  test("a number that nobody has finds nothing, however it is spelt", async () => {
    for (const search of ["26112122000012345678", "%", "' OR 1=1 --", "掌柜"]) {
      expect(numbers(await listOrders(it.shop, { ...all, search }))).toEqual([]);
    }
  });
});
