import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { describeEvent } from "@/lib/orders/describe-event";
import { findOrderForDesk } from "@/lib/orders/find-order-for-desk";
import { readTimeline } from "@/lib/orders/read-timeline";
import { revealRecipient } from "@/lib/orders/reveal-recipient";
import { pumpWholeOutbox } from "@/lib/outbox/pump";
import { recordCall } from "@/lib/payments/record-call";
import { addStaff } from "@/lib/staff/add-staff";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import {
  aRecipient,
  aShop,
  aTransactionId,
  type PayableOrder,
  paymentNotification,
} from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";

async function notify(order: PayableOrder, transactionId = aTransactionId()) {
  it.clock.now = new Date(it.clock.now.getTime() + 1000);
  const { wechat } = it.shop.environment;
  const message = {
    body: Buffer.from(paymentNotification(wechat, { ...order, transactionId })),
    headers: { "user-agent": "Mozilla/4.0" },
    address: "127.0.0.1",
  };
  return receivePaymentResult(it.shop, readPaymentResult(message.body, wechat), message);
}

describe("the timeline of an order", () => {
  test("tells in time order what was made, asked, notified, received, moved and what waits", async () => {
    const order = await it.payableOrder({ kind: "physical" });
    it.clock.now = new Date(it.clock.now.getTime() + 1000);
    const [payment] = await it.sql`SELECT id::int FROM payments WHERE order_id = ${order.orderId}`;
    await recordCall(
      it.shop,
      { payment: { id: payment?.id, orderId: order.orderId }, call: "orderquery" },
      async () => "NOTPAY",
      (state) => state,
    );
    await notify(order);

    const events = await readTimeline(it.shop, order.orderId);

    const told = events.map((event) => describeEvent(event)[0]);
    expect(told.filter((what) => what !== "job waits")).toEqual([
      "order create",
      "call orderquery",
      "notification paid",
      "receipt settling",
      "payment pay",
      "order pay",
      "outbox",
    ]);
    expect(
      events
        .filter((event) => event.kind === "waiting_job")
        .map((event) => event.task)
        .sort(),
    ).toEqual(["close_order", "query_payment"]);
    const times = events.map((event) => event.at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("holds neither openid nor signature nor recipient, in the events and in the terminal's lines", async () => {
    const order = await it.payableOrder({ kind: "physical" });
    await notify(order);

    const events = await readTimeline(it.shop, order.orderId);

    const text = JSON.stringify(events) + JSON.stringify(events.map(describeEvent));
    expect(text).toContain("<sign>");
    expect(text).not.toContain(openid);
    expect(text).not.toMatch(/[0-9A-F]{64}/);
    expect(text).not.toContain(aRecipient.name);
  });

  test("a copy is counted on its notification, a second payment's money is told as owed", async () => {
    const order = await it.payableOrder();
    const transactionId = aTransactionId();
    await notify(order, transactionId);
    await notify(order, transactionId);
    await notify(order);

    const events = await readTimeline(it.shop, order.orderId);

    const notifications = events.filter((event) => event.kind === "notification");
    expect(notifications.map(({ verdict, copies }) => ({ verdict, copies }))).toEqual([
      { verdict: "paid", copies: 1 },
      { verdict: "second_transaction", copies: 0 },
    ]);
    const desk = await findOrderForDesk(it.shop, order.orderNo);
    expect(desk).toMatchObject({ paidFen: order.totalFen, owedFen: order.totalFen, status: "paid" });
  });

  test("follows what must happen next from the outbox into the queue", async () => {
    const order = await it.payableOrder();
    await notify(order);
    const waiting = async () =>
      (await readTimeline(it.shop, order.orderId))
        .filter((event) => event.kind === "outbox" || event.kind === "waiting_job")
        .map((event) => `${event.kind} ${event.task}`);
    expect(await waiting()).toContain("outbox order_paid");

    await pumpWholeOutbox(it.shop.sql);

    expect(await waiting()).toContain("waiting_job order_paid");
    expect(await waiting()).not.toContain("outbox order_paid");
  });

  test("of another order tells nothing", async () => {
    const [mine, other] = [await it.payableOrder(), await it.payableOrder()];
    await notify(other);

    const events = await readTimeline(it.shop, mine.orderId);

    expect(events.some((event) => event.kind === "notification" || event.kind === "receipt")).toBe(false);
  });
});

describe("the recipient", () => {
  test("is masked on the desk, and revealing it is kept", async () => {
    const order = await it.payableOrder({ kind: "physical" });
    const { id } = await addStaff(it.shop, { email: "packer@shop.example", role: "fulfilment" }, null);
    const masked = await findOrderForDesk(it.shop, order.orderNo);
    expect(JSON.stringify(masked)).not.toContain(aRecipient.address);
    expect(JSON.stringify(masked)).not.toContain(aRecipient.name);

    const revealed = await revealRecipient(it.shop, {
      orderNo: order.orderNo,
      staffId: id,
      address: "127.0.0.1",
    });

    expect(revealed).toMatchObject({ name: aRecipient.name, address: aRecipient.address });
    const last = (await readTimeline(it.shop, order.orderId)).filter((event) => event.kind === "audit");
    expect(last).toMatchObject([{ action: "order.reveal", staffName: "packer" }]);
  });
});
