import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { deskChannel } from "@/lib/live/signal-desk";
import { OrderAnswer, ProblemAnswer, ReceiveAnswer, RemindAnswer } from "@/lib/openapi/schemas";
import { aCaller } from "@/tests/support/a-caller";
import { moneyArrives } from "@/tests/support/a-refundable-order";
import { aPayment, aPhone, aRecipient } from "@/tests/support/a-shop";
import { aVirtualShop } from "@/tests/support/a-virtual-shop";
import { aTrackingNo } from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aVirtualShop>>;
beforeAll(async () => {
  it = await aVirtualShop();
});
afterAll(() => it.close());

/** A caller with an order of two pieces that are sent, paid unless told otherwise. */
async function aBuyer(of: { isPaid?: boolean; language?: string; buyer?: ReturnType<typeof aCaller> } = {}) {
  const buyer = of.buyer ?? aCaller({ headers: { "accept-language": of.language ?? "zh-CN" } });
  const { sku } = await it.aProduct({ kind: "physical" });
  const recipient = { ...aRecipient, phone: aPhone() };
  const { body } = await buyer.order({ items: [{ sku, quantity: 2 }], recipient });
  const orderNo = String(body.orderNo);
  const totalFen = Number(body.totalFen);
  if (of.isPaid ?? true) {
    const [row] = await it.sql`SELECT id::int FROM orders WHERE order_no = ${orderNo}`;
    const outTradeNo = await aPayment(it.shop, { orderId: Number(row?.id), orderNo, totalFen });
    await moneyArrives(it.shop, { outTradeNo, totalFen });
  }
  const ship = (quantity: number, trackingNo = aTrackingNo()) =>
    shipOrder(it.shop, {
      orderNo,
      parcel: { kind: "express", trackingNo, lines: [{ sku, quantity }] },
      by: it.by,
    });
  return { buyer, orderNo, sku, ship };
}
const hoursGoBy = (hours: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + hours * 3_600_000);
};

describe("POST /api/orders/{orderNo}/remind", () => {
  test("is counted on the order, told to open desks, and says from when it may be asked again", async () => {
    const { buyer, orderNo, ship } = await aBuyer();
    await ship(1); // What is left may still be asked for.
    const heard: unknown[] = [];
    const listening = await it.sql.listen(deskChannel, (text) => heard.push(JSON.parse(text)));

    const { status, body } = await buyer.remind(orderNo);

    expect(status).toBe(200);
    const again = new Date(it.clock.now.getTime() + 4 * 3_600_000).toISOString();
    expect(RemindAnswer.strict().parse(body)).toEqual({ orderNo, reminders: 1, remindFrom: again });
    const [row] = await it.sql`SELECT reminders, reminded_at FROM orders WHERE order_no = ${orderNo}`;
    expect([row?.reminders, new Date(row?.reminded_at)]).toEqual([1, it.clock.now]);
    await expect.poll(() => heard).toContainEqual({ type: "reminder", orderNo });
    await listening.unlisten();
    expect((await buyer.read(orderNo)).body.remindFrom).toBe(again);
  });

  test("too early is 429 with the time to wait, and counts nothing; later it is a second one", async () => {
    const { buyer, orderNo } = await aBuyer();
    await buyer.remind(orderNo);
    hoursGoBy(3);

    const early = await buyer.remind(orderNo);
    hoursGoBy(1);
    const later = await buyer.remind(orderNo);

    expect([early.status, early.body.code, early.headers.get("retry-after")]).toEqual([
      429,
      "too_many_requests",
      "3600",
    ]);
    expect([later.status, later.body.reminders]).toEqual([200, 2]);
  });

  test("ten at the same moment count once", async () => {
    const { buyer, orderNo } = await aBuyer();

    const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.remind(orderNo)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(429)]);
  });

  test("follows its setting", async () => {
    const { buyer, orderNo } = await aBuyer();
    await it.sql`INSERT INTO settings (key, value) VALUES ('remindEveryHours', '1')`;
    await buyer.remind(orderNo);
    hoursGoBy(1);

    const again = await buyer.remind(orderNo);
    await it.sql`DELETE FROM settings`;

    expect(again.status).toBe(200);
  });

  test("many orders of one buyer share a limit", async () => {
    const { buyer, orderNo } = await aBuyer();
    await buyer.remind(orderNo);
    const [key] = await it.sql`UPDATE rate_limits SET points = 30 WHERE key LIKE 'reminders:%' AND key LIKE
      '%:' || (SELECT member_id FROM orders WHERE order_no = ${orderNo}) RETURNING key`;
    expect(key).toBeDefined();
    const other = await aBuyer({ buyer });

    const answer = await buyer.remind(other.orderNo);

    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("there is nothing to ask for before it is paid and after all of it left, in the caller's words", async () => {
    const unpaid = await aBuyer({ isPaid: false });
    const shipped = await aBuyer({ language: "en" });
    await shipped.ship(2);

    const [chinese, english] = [
      await unpaid.buyer.remind(unpaid.orderNo),
      await shipped.buyer.remind(shipped.orderNo),
    ];

    for (const { status, body } of [chinese, english])
      expect([status, ProblemAnswer.parse(body).code]).toEqual([409, "not_remindable"]);
    expect(chinese.body.title).toMatch(/催发货/);
    expect(english.body.title).toMatch(/reminded/);
    expect((await shipped.buyer.read(shipped.orderNo)).body.remindFrom).toBeNull();
  });
});

describe("POST /api/orders/{orderNo}/receive", () => {
  test("completes the order and its deliveries; twice is the same answer and changes nothing more", async () => {
    const { buyer, orderNo, ship } = await aBuyer();
    await ship(1);
    await ship(1);

    const first = await buyer.receive(orderNo);
    const after = (await buyer.read(orderNo)).body;
    hoursGoBy(1);
    const second = await buyer.receive(orderNo);

    expect(ReceiveAnswer.strict().parse(first.body)).toEqual({ orderNo, status: "completed" });
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(OrderAnswer.strict().parse(after)).toMatchObject({
      status: "completed",
      isReceivable: false,
      deliveries: [{ status: "received" }, { status: "received" }],
    });
    expect((await buyer.read(orderNo)).body).toEqual(after);
    const jobs =
      await it.sql`SELECT 1 FROM graphile_worker.jobs j JOIN orders o ON j.key = 'complete_order:' || o.id
      WHERE o.order_no = ${orderNo}`;
    expect(jobs).toEqual([]);
  });

  test("waits until all of it has left", async () => {
    const { buyer, orderNo, ship } = await aBuyer();
    await ship(1);

    const answer = await buyer.receive(orderNo);

    expect([answer.status, answer.body.code, answer.body.orderStatus]).toEqual([
      409,
      "not_receivable",
      "paid",
    ]);
    expect((await buyer.read(orderNo)).body).toMatchObject({ status: "paid", isReceivable: false });
  });

  test("waits while something of it is lost, until that was sent once more", async () => {
    const { buyer, orderNo, ship } = await aBuyer();
    const { deliveryId } = await ship(2);
    await failDelivery(it.shop, { deliveryId, by: it.by, reason: "丢件" });

    const before = await buyer.receive(orderNo);
    const blocked = (await buyer.read(orderNo)).body;
    const parcel = { kind: "express", trackingNo: aTrackingNo(), lines: "rest" } as const;
    await replaceDelivery(it.shop, { deliveryId, by: it.by, parcel });
    const again = await buyer.receive(orderNo);

    expect([before.status, before.body.code, blocked.isReceivable]).toEqual([409, "not_receivable", false]);
    expect(again.status).toBe(200);
    expect((await buyer.read(orderNo)).body.deliveries).toMatchObject([
      { status: "failed", isReplaced: true },
      { status: "received", isReplaced: false },
    ]);
  });

  test("leaves the money refundable", async () => {
    const { buyer, orderNo, ship } = await aBuyer();
    await ship(2);
    await buyer.receive(orderNo);

    const answer = await buyer.refund({ orderNo, refundFen: 1, reason: "damaged" });

    expect([answer.status, answer.body.status]).toEqual([201, "requested"]);
  });
});

describe("whose order it is", () => {
  test.each(["remind", "receive"] as const)(
    "%s: nobody's without an identity, not there for another",
    async (verb) => {
      const { orderNo, ship } = await aBuyer();
      if (verb === "receive") await ship(2);
      const other = (await aBuyer()).buyer;

      const [stranger, another, nowhere] = [
        await aCaller()[verb](orderNo),
        await other[verb](orderNo),
        await other[verb]("1\0"),
      ];

      expect([stranger.status, stranger.body.code]).toEqual([401, "unauthenticated"]);
      expect([another.status, another.body.code]).toEqual([404, "not_found"]);
      expect(nowhere.status).toBe(404);
      const [row] = await it.sql`SELECT reminders, status FROM orders WHERE order_no = ${orderNo}`;
      expect(row).toEqual({ reminders: 0, status: verb === "receive" ? "shipped" : "paid" });
    },
  );
});

test("a parcel is told with its carrier in the caller's language, its number and its goods; one that was undone is not", async () => {
  const { buyer, orderNo, sku, ship } = await aBuyer({ language: "en" });
  await ship(1, "YT8812345678901");
  const { deliveryId } = await ship(1);
  await it.sql`UPDATE deliveries SET status = 'voided', voided_at = now() WHERE id = ${deliveryId}`;

  const { body } = await buyer.read(orderNo);

  expect(OrderAnswer.strict().parse(body).deliveries).toMatchObject([
    {
      ...{ kind: "express", status: "shipped", carrier: "YTO", carrierName: "YTO Express" },
      ...{ trackingNo: "YT8812345678901", at: it.clock.now.toISOString(), content: null },
      lines: [{ sku, quantity: 1 }],
    },
  ]);
});
