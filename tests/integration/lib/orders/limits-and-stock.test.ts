import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/http/app-error";
import { closeOrder } from "@/lib/orders/close-order";
import { createOrder } from "@/lib/orders/create-order";
import { aPhone, aRecipient, aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop({ poolSize: 20 });
});
afterAll(() => it.close());

const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

/** The order, or the code it was refused with. Anything else is a bug and rises. */
async function order(
  items: { sku: string; quantity: number }[],
  by: { memberId?: number; phone?: string } = {},
) {
  try {
    const buyer = by.memberId === undefined ? null : { memberId: by.memberId, appid: null, openid: null };
    const recipient = by.phone === undefined ? null : { ...aRecipient, phone: by.phone };
    return await createOrder(it.shop, { buyer, request: { items, recipient }, idempotencyKey: null });
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const taken = (results: Awaited<ReturnType<typeof order>>[]) =>
  results.filter((result) => typeof result !== "string");
const stockOf = async (sku: string) => {
  const [row] = await it.sql`SELECT on_hand AS "onHand", allocated FROM variants WHERE sku = ${sku}`;
  return { onHand: Number(row?.onHand), allocated: Number(row?.allocated) };
};

describe("unpaid orders", () => {
  test("of twenty at once by one member five are taken, four lots of stock are not", async () => {
    const { sku } = await it.aProduct();
    const first = await order([{ sku, quantity: 1 }]);
    const memberId = typeof first === "string" ? 0 : first.memberId;

    const results = await Promise.all(times(20, () => order([{ sku, quantity: 1 }], { memberId })));

    expect(taken(results)).toHaveLength(4);
    expect(results.filter((result) => result === "too_many_unpaid")).toHaveLength(16);
    expect((await stockOf(sku)).allocated).toBe(5);
  });

  test("of twenty strangers at once with one phone number five are served", async () => {
    const { sku } = await it.aProduct({ kind: "physical" });
    const phone = aPhone();

    const results = await Promise.all(times(20, () => order([{ sku, quantity: 1 }], { phone })));

    expect(taken(results)).toHaveLength(5);
    expect(results.filter((result) => result === "too_many_unpaid")).toHaveLength(15);
    expect((await stockOf(sku)).allocated).toBe(5);
  });

  test("a phone number with spaces around it is the same number", async () => {
    const { sku } = await it.aProduct({ kind: "physical" });
    const phone = aPhone();
    for (let n = 0; n < 5; n++) await order([{ sku, quantity: 1 }], { phone });

    expect(await order([{ sku, quantity: 1 }], { phone: ` ${phone} ` })).toBe("too_many_unpaid");
  });

  test("those that are closing still count; those that are paid or closed do not", async () => {
    const { sku } = await it.aProduct();
    const first = await order([{ sku, quantity: 1 }]);
    const memberId = typeof first === "string" ? 0 : first.memberId;
    for (let n = 0; n < 4; n++) await order([{ sku, quantity: 1 }], { memberId });
    const put = (set: string) =>
      it.sql.unsafe(
        `UPDATE orders SET ${set} WHERE id = (SELECT min(id) FROM orders WHERE member_id = ${memberId})`,
      );

    await put("status = 'closing', closed_reason = 'expired'");
    const whileClosing = await order([{ sku, quantity: 1 }], { memberId });
    await put("status = 'paid', closed_reason = NULL, paid_at = now()");
    const afterPaid = await order([{ sku, quantity: 1 }], { memberId });

    expect(whileClosing).toBe("too_many_unpaid");
    expect(afterPaid).not.toBeTypeOf("string");
  });

  test("how many may be open is a setting", async () => {
    await it.sql`INSERT INTO settings (key, value) VALUES ('maxUnpaidOrders', '1')`;
    const { sku } = await it.aProduct();
    const first = await order([{ sku, quantity: 1 }]);
    const second = await order([{ sku, quantity: 1 }], {
      memberId: typeof first === "string" ? 0 : first.memberId,
    });
    await it.sql`DELETE FROM settings`;

    expect(second).toBe("too_many_unpaid");
  });
});

describe("stock", () => {
  test("a hundred strangers at once for ten pieces: ten orders, ninety are told out_of_stock", async () => {
    const { sku } = await it.aProduct({ onHand: 10 });

    const results = await Promise.all(times(100, () => order([{ sku, quantity: 1 }])));

    expect(taken(results)).toHaveLength(10);
    expect(results.filter((result) => result === "out_of_stock")).toHaveLength(90);
    expect(await stockOf(sku)).toEqual({ onHand: 10, allocated: 10 });
  });

  test("an order of several lines is taken whole or not at all", async () => {
    const [plenty, scarce] = [await it.aProduct({ onHand: 100 }), await it.aProduct({ onHand: 1 })];

    const result = await order([
      { sku: plenty.sku, quantity: 3 },
      { sku: scarce.sku, quantity: 2 },
    ]);

    expect(result).toBe("out_of_stock");
    expect((await stockOf(plenty.sku)).allocated).toBe(0);
    expect((await stockOf(scarce.sku)).allocated).toBe(0);
  });

  test("carts with the same goods in opposite orders, and closings among them, never wait in a circle", async () => {
    const [one, two, three] = [
      await it.aProduct({ onHand: 10_000 }),
      await it.aProduct({ onHand: 10_000 }),
      await it.aProduct({ onHand: 10_000 }),
    ];
    const forwards = [one, two, three].map(({ sku }) => ({ sku, quantity: 1 }));
    const backwards = [...forwards].reverse();
    const before = await deadlocks();

    for (let round = 0; round < 15; round++) {
      const ordered = taken(await Promise.all(times(10, (n) => order(n % 2 ? forwards : backwards))));
      const late = { ...it.shop, now: () => new Date(it.clock.now.getTime() + 3_600_000) };
      await Promise.all([
        ...ordered.slice(0, 5).map((made) => closeOrder(late, typeof made === "string" ? 0 : made.orderId)),
        ...times(6, (n) => order(n % 2 ? backwards : forwards)),
      ]);
    }

    expect(await deadlocks()).toBe(before);
    const [live] = await it.sql`
      SELECT sum(l.quantity)::int AS quantity FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE l.sku = ${one.sku} AND o.status <> 'closed'`;
    for (const { sku } of [one, two, three]) expect((await stockOf(sku)).allocated).toBe(live?.quantity);
  });

  test("an order that ran out of time before any payment gives its stock back exactly once", async () => {
    const { sku } = await it.aProduct({ onHand: 5 });
    const made = await order([{ sku, quantity: 3 }]);
    const orderId = typeof made === "string" ? 0 : made.orderId;
    const late = { ...it.shop, now: () => new Date(it.clock.now.getTime() + 30 * 60_000) };

    await closeOrder(it.shop, orderId); // Too early: nothing happens.
    expect(await stockOf(sku)).toEqual({ onHand: 5, allocated: 3 });
    await Promise.all(times(5, () => closeOrder(late, orderId)));
    await closeOrder(late, orderId);

    expect(await stockOf(sku)).toEqual({ onHand: 5, allocated: 0 });
    const [row] = await it.sql`SELECT status, closed_reason FROM orders WHERE id = ${orderId}`;
    expect(row).toEqual({ status: "closed", closed_reason: "expired" });
  });
});

async function deadlocks(): Promise<number> {
  await it.sql`SELECT pg_stat_force_next_flush()`;
  const [row] = await it.sql`SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  return Number(row?.deadlocks);
}
