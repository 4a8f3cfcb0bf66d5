import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCaller } from "@/tests/support/a-caller";
import { moneyArrives } from "@/tests/support/a-refundable-order";
import { aPayment, aShop } from "@/tests/support/a-shop";
import { anAskingBuyer } from "@/tests/support/an-asking-buyer";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterAll(() => it.close());

const anOrder = (of?: { isPaid?: boolean }) => anAskingBuyer(it, of);
const refundsOf = (orderId: number) =>
  it.sql`SELECT status, refund_fen::int AS fen, reason, reason_text AS words, (SELECT coalesce(json_agg(json_build_object('quantity', l.quantity) ORDER BY variant_id), '[]')
    FROM refund_lines l WHERE l.refund_id = f.id) AS lines FROM refunds f WHERE order_id = ${orderId} ORDER BY id`;
const everything = async () =>
  (
    await it.sql`SELECT (SELECT count(*)::int FROM refunds) AS refunds, (SELECT count(*)::int FROM refund_lines) AS lines,
      (SELECT count(*)::int FROM transitions) AS moves, (SELECT count(*)::int FROM outbox) AS outbox,
      (SELECT count(*)::int FROM idempotency_keys) AS keys, (SELECT count(*)::int FROM refund_pictures) AS pictures`
  )[0];
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return `${status} ${body.code ?? ""}`.trim();
};

describe("asking", () => {
  test("for the whole: 201, and every piece is meant", async () => {
    const order = await anOrder();

    const answer = await order.ask();

    expect(answer).toMatchObject({
      status: 201,
      body: { refundNo: expect.stringMatching(/^R\w+$/), status: "requested" },
    });
    expect(await refundsOf(order.orderId)).toEqual([
      {
        status: "requested",
        fen: 12_000,
        reason: "unwanted",
        words: null,
        lines: [{ quantity: 2 }, { quantity: 1 }],
      },
    ]);
    expect((await order.buyer.read(order.orderNo)).body).toMatchObject({ refundableFen: 0, refundedFen: 0 });
  });

  test("for a part, in words of one's own", async () => {
    const order = await anOrder();

    await order.ask({ refundFen: 300, reason: "  包装破了 " });

    expect(await refundsOf(order.orderId)).toEqual([
      { status: "requested", fen: 300, reason: "other", words: "包装破了", lines: [] },
    ]);
  });

  test("by line: no piece is asked for twice, whatever the order of the lines", async () => {
    const order = await anOrder();
    const [dear, cheap] = order.skus;
    const lines = (...wanted: [string, number][]) => ({
      lines: wanted.map(([sku, quantity]) => ({ sku, quantity })),
    });

    const codes = [
      await codeOf(order.ask({ refundFen: 5000, ...lines([dear, 1]) })),
      await codeOf(order.ask({ refundFen: 5000, ...lines([dear, 2]) })),
      await codeOf(order.ask({ refundFen: 5000, ...lines([dear, 1], [dear, 1]) })),
      await codeOf(order.ask({ refundFen: 5000, ...lines([cheap, 1], [dear, 1]) })),
      await codeOf(order.ask({ refundFen: 1, ...lines([cheap, 1]) })),
    ];

    expect(codes).toEqual([
      "201",
      "422 refund_exceeds_order",
      "422 refund_exceeds_order",
      "201",
      "422 refund_exceeds_order",
    ]);
  });

  test("the rest after a part means the pieces that are left", async () => {
    const order = await anOrder();
    await order.ask({ refundFen: 5000, lines: [{ sku: order.skus[0], quantity: 1 }] });

    await order.ask({ refundFen: 7000 });

    expect((await refundsOf(order.orderId))[1]).toMatchObject({
      fen: 7000,
      lines: [{ quantity: 1 }, { quantity: 1 }],
    });
  });

  test("a hundred buyers' taps at once never ask for more than was paid", async () => {
    const order = await anOrder();
    const { ask } = order;

    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(ask({ refundFen: 5000 }))));

    expect(codes.filter((code) => code === "201")).toHaveLength(2);
    expect(new Set(codes)).toEqual(new Set(["201", "422 refund_exceeds_payment"]));
    expect(
      await it.sql`SELECT sum(refund_fen)::int AS fen FROM refunds WHERE order_id = ${order.orderId}`,
    ).toEqual([{ fen: 10_000 }]);
  });
});

describe("an Idempotency-Key", () => {
  const key = { "idempotency-key": "once" };

  test("gives the same refund again, also at once, and is another's in another's hands", async () => {
    const [order, other] = [await anOrder(), await anOrder()];

    const answers = await Promise.all(Array.from({ length: 20 }, () => order.ask({ refundFen: 100 }, key)));
    const theirs = await other.ask({ refundFen: 100 }, key);

    expect(new Set(answers.map(({ body }) => body.refundNo)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(await refundsOf(order.orderId)).toHaveLength(1);
    expect(theirs.body.refundNo).not.toBe(answers[0]?.body.refundNo);
  });

  test("for something else is refused; after a day it is free again", async () => {
    const order = await anOrder();
    const first = await order.ask({ refundFen: 100 }, key);

    expect(await codeOf(order.ask({ refundFen: 101 }, key))).toBe("422 idempotency_key_reused");
    await it.sql`UPDATE idempotency_keys SET created_at = created_at - interval '25 hours'`;
    const later = await order.ask({ refundFen: 100 }, key);

    expect(later.body.refundNo).not.toBe(first.body.refundNo);
  });

  test("answers as the refund is now, also when the order has closed", async () => {
    const order = await anOrder();
    const first = await order.ask({}, key);
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'refunded' WHERE id = ${order.orderId}`;

    expect((await order.ask({}, key)).body).toEqual({ ...first.body });
  });

  test("that made the order may ask for its refund, too", async () => {
    const buyer = aCaller();
    const { sku } = await it.aProduct({ priceFen: 500 });
    const { body } = await buyer.order({ items: [{ sku, quantity: 1 }] }, key);
    const [row] = await it.sql`SELECT id::int FROM orders WHERE order_no = ${String(body.orderNo)}`;
    const payment = { orderId: Number(row?.id), orderNo: String(body.orderNo), totalFen: 500 };
    await moneyArrives(it.shop, { outTradeNo: await aPayment(it.shop, payment), totalFen: 500 });

    const asked = await buyer.refund({ orderNo: payment.orderNo, refundFen: 500, reason: "other" }, key);
    const again = await buyer.order({ items: [{ sku, quantity: 1 }] }, key);

    expect([asked.status, again.body.orderNo]).toEqual([201, payment.orderNo]);
  });
});

describe("what is not right gets a clear answer and changes nothing", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["nothing", { refundFen: 0 }, "400 malformed"],
    ["less than nothing", { refundFen: -1 }, "400 malformed"],
    ["half a fen", { refundFen: 0.5 }, "400 malformed"],
    ["a text", { refundFen: "100" }, "400 malformed"],
    ["more than any number", { refundFen: 1e21 }, "400 malformed"],
    ["no amount", { refundFen: undefined }, "400 malformed"],
    ["one fen too much", { refundFen: 12_001 }, "422 refund_exceeds_payment"],
    ["no reason", { reason: "" }, "400 malformed"],
    ["a reason too long", { reason: "x".repeat(501) }, "400 malformed"],
    ["a reason that no row can hold", { reason: "a\0b" }, "400 malformed"],
    ["an order number that no row can hold", { orderNo: "a\0b" }, "400 malformed"],
    ["words that are half a character", { note: "\ud800" }, "400 malformed"],
    ["no such order", { orderNo: "NOSUCHORDER" }, "404 not_found"],
    ["another order's goods", { lines: [{ sku: "SKU-OF-OTHERS", quantity: 1 }] }, "422 refund_exceeds_order"],
    ["a thousand lines", { lines: Array(1000).fill({ sku: "x", quantity: 1 }) }, "400 malformed"],
    ["no piece of a line", { lines: [{ sku: "x", quantity: 0 }] }, "400 malformed"],
    ["a picture that is not there", { pictures: ["0".repeat(64)] }, "400 malformed"],
    ["a picture that no row can hold", { pictures: ["a\0b"] }, "400 malformed"],
    ["four pictures", { pictures: ["a", "b", "c", "d"] }, "400 malformed"],
    ["a reason of the shop's own", { reason: "surplus" }, "201"],
  ])("%s", async (_, given, code) => {
    const order = await anOrder();
    const before = await everything();

    expect(await codeOf(order.ask(given))).toBe(code);

    if (code !== "201") expect(await everything()).toEqual(before);
    else expect(await refundsOf(order.orderId)).toMatchObject([{ reason: "other", words: "surplus" }]);
  });

  test("too much says how much there is", async () => {
    const order = await anOrder();
    await order.ask({ refundFen: 11_000 });

    const { body } = await order.ask({ refundFen: 1001 });

    expect(body).toMatchObject({ code: "refund_exceeds_payment", refundableFen: 1000 });
  });

  test("a stranger, and the buyer of another order", async () => {
    const [order, other] = [await anOrder(), await anOrder()];
    const given = { orderNo: order.orderNo, refundFen: 1, reason: "other" };
    const before = await everything();

    expect(await codeOf(aCaller().refund(given))).toBe("401 unauthenticated");
    expect(await codeOf(other.buyer.refund(given))).toBe("404 not_found");
    expect(await everything()).toEqual(before);
  });

  test("pictures of somebody else's", async () => {
    const [order, other] = [await anOrder(), await anOrder()];
    const name = "f".repeat(64);
    await it.sql`INSERT INTO pictures (name, content_type, bytes) VALUES (${name}, 'image/webp', ${Buffer.from("x")})`;
    const upload = (orderNo: string) =>
      it.sql`INSERT INTO uploads (member_id, picture_name) SELECT member_id, ${name} FROM orders WHERE order_no = ${orderNo}`;
    await upload(other.orderNo);
    const before = await everything();

    const refused = await codeOf(order.ask({ pictures: [name] }));
    const unchanged = await everything();
    await upload(order.orderNo);

    expect([refused, unchanged]).toEqual(["400 malformed", before]);
    expect(await codeOf(order.ask({ pictures: [name, name] }))).toBe("201");
    expect((await order.buyer.read(order.orderNo)).body.refunds).toMatchObject([{ pictures: [name] }]);
  });

  test.each([
    ["pending", null],
    ["closing", "expired"],
    ["closed", "expired"],
    ["closed", "cancelled"],
  ])("an order that is %s (%s) was not paid", async (status, reason) => {
    const order = await anOrder({ isPaid: false });
    await it.sql`UPDATE orders SET status = ${status}, closed_reason = ${reason} WHERE id = ${order.orderId}`;

    const { status: http, body } = await order.ask({ refundFen: 1 });

    expect([http, body.code, body.orderStatus]).toEqual([409, "not_refundable", status]);
    expect(await refundsOf(order.orderId)).toEqual([]);
  });

  test("an order that was refunded whole", async () => {
    const order = await anOrder();
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'refunded' WHERE id = ${order.orderId}`;

    expect(await codeOf(order.ask({ refundFen: 1 }))).toBe("409 not_refundable");
  });

  test("a payment of a year ago; one of a second less is taken", async () => {
    const [old, young] = [await anOrder(), await anOrder()];
    const paidBefore = (orderId: number, ms: number) =>
      it.sql`UPDATE receipts SET paid_at = ${new Date(it.clock.now.getTime() - ms).toISOString()} WHERE order_id = ${orderId}`;
    const yearMs = 365 * 86_400_000;
    await paidBefore(old.orderId, yearMs);
    await paidBefore(young.orderId, yearMs - 1000);

    expect(await codeOf(old.ask())).toBe("409 payment_too_old");
    expect(await codeOf(young.ask())).toBe("201");
  });

  test("the fifty-first refund of one payment; those turned down do not count", async () => {
    const order = await anOrder();
    const asked: string[] = [];
    for (let n = 0; n < 51; n++) asked.push(await codeOf(order.ask({ refundFen: 10 })));
    expect([asked.filter((code) => code === "201").length, asked[50]]).toEqual([50, "422 too_many_refunds"]);

    await it.sql`UPDATE refunds SET status = 'rejected' WHERE id = (SELECT min(id) FROM refunds WHERE order_id = ${order.orderId})`;

    expect(await codeOf(order.ask({ refundFen: 10 }))).toBe("201");
  });
});
