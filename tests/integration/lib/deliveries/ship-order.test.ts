import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Parcel, shipOrder } from "@/lib/deliveries/ship-order";
import { createOrder } from "@/lib/orders/create-order";
import { findOrderId } from "@/lib/orders/find-order-id";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { addStaff } from "@/lib/staff/add-staff";
import { countWork } from "@/lib/staff/count-work";
import type { Person } from "@/lib/staff/person";
import { askedBy } from "@/tests/support/a-refundable-order";
import { aRecipient, aShop } from "@/tests/support/a-shop";
import {
  anOrderToShip,
  aPacker,
  aTrackingNo,
  goodsOf,
  type OrderToShip,
  refusalOf,
  shippedWhole,
} from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
let owner: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
  owner = {
    staffId: (await addStaff(it.shop, { email: "o@shop.test", role: "owner" }, null)).id,
    address: "",
  };
});
afterAll(() => it.close());

const express = (more: Partial<Parcel> = {}): Parcel => ({
  kind: "express",
  trackingNo: aTrackingNo(),
  lines: "rest",
  ...more,
});
const ship = ({ orderNo }: { orderNo: string }, parcel = express(), more: { deliveriesSeen?: number } = {}) =>
  shipOrder(it.shop, { orderNo, parcel, by, ...more });
const approved = async (order: OrderToShip, of: Parameters<typeof askedBy>[2]) => {
  const refundNo = await askedBy(it.shop, order, of);
  await approveRefund(it.shop, { refundNo, by: owner });
  return refundNo;
};
const movesOf = async ({ orderId }: OrderToShip) =>
  (
    await it.sql`SELECT entity, event FROM transitions WHERE order_id = ${orderId} AND actor LIKE 'staff:%' ORDER BY id`
  ).map((row) => `${row.entity} ${row.event}`);
const untouched = {
  order: "paid",
  lines: ["0 of 3", "0 of 2"],
  stock: ["3/10", "2/10"],
  deliveries: [],
  reports: [],
};

describe("what shipping does", () => {
  test("the whole: pieces leave both counts, the order is shipped, its report is owed", async () => {
    const order = await anOrderToShip(it);

    const { deliveryId, orderStatus } = await ship(order, express({ carrier: "YTO", note: " 放门卫 " }));

    expect(orderStatus).toBe("shipped");
    expect(await goodsOf(it, order)).toEqual({
      order: "shipped",
      lines: ["3 of 3", "2 of 2"],
      stock: ["0/7", "0/8"],
      deliveries: ["express shipped"],
      reports: ["queued 1"],
    });
    expect(await movesOf(order)).toEqual(["delivery ship", "order ship"]);
    const [row] =
      await it.sql`SELECT carrier, note, staff_id::int AS staff, phone_tail FROM deliveries WHERE id = ${deliveryId}`;
    expect(row).toEqual({ carrier: "YTO", note: "放门卫", staff: by.staffId, phone_tail: null });
  });

  test("in two parcels: the order is shipped with the second, and only then a report of 1 is owed", async () => {
    const order = await anOrderToShip(it);
    const [first, second] = order.skus as [string, string];

    const part = await ship(order, express({ lines: [{ sku: first, quantity: 2 }] }));
    const between = await goodsOf(it, order);
    const rest = await ship(order);

    expect(part.orderStatus).toBe("paid");
    expect(between).toMatchObject({ order: "paid", lines: ["2 of 3", "0 of 2"], stock: ["1/8", "2/10"] });
    expect(between.reports).toEqual(["queued null"]);
    expect(rest.orderStatus).toBe("shipped");
    expect(await goodsOf(it, order)).toMatchObject({ lines: ["3 of 3", "2 of 2"], reports: ["queued 1"] });
    const pieces =
      await it.sql`SELECT v.sku, d.quantity FROM delivery_lines d JOIN variants v ON v.id = d.variant_id
      WHERE d.delivery_id = ${rest.deliveryId} ORDER BY v.id`;
    expect(pieces.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [first, 1],
      [second, 2],
    ]);
  });

  test("the report waits for the undo window, but goes five minutes before the deadline", async () => {
    const soon = await anOrderToShip(it);
    const late = await anOrderToShip(it);
    const deliverBy = new Date(it.clock.now.getTime() + 6 * 60_000);
    const inTime = new Date(it.clock.now.getTime() + 60_000);
    await it.sql`UPDATE orders SET deliver_by = ${deliverBy.toISOString()} WHERE id = ${late.orderId}`;

    await ship(soon);
    await ship(late);

    const dueOf = async ({ orderId }: OrderToShip) =>
      new Date(
        (await it.sql`SELECT next_try_at AS at FROM delivery_reports WHERE order_id = ${orderId}`)[0]?.at,
      );
    expect(await dueOf(soon)).toEqual(new Date(it.clock.now.getTime() + 300_000));
    expect(await dueOf(late)).toEqual(inTime);
    const jobs =
      await it.sql`SELECT run_at AS at FROM graphile_worker.jobs WHERE key = ${`report_delivery:${late.receiptId}`}`;
    expect(jobs.map(({ at }) => new Date(at))).toEqual([inTime]);
  });

  test("who shipped what is kept, and open desks hear of it", async () => {
    const order = await anOrderToShip(it);
    const trackingNo = aTrackingNo();

    const { deliveryId } = await ship(order, express({ trackingNo }));

    const [entry] = await it.sql`SELECT staff_id::int AS staff, subject_id AS id, after FROM audit_entries
      WHERE order_id = ${order.orderId} AND action = 'delivery.ship'`;
    expect(entry).toMatchObject({
      staff: by.staffId,
      id: String(deliveryId),
      after: { carrier: "YTO", trackingNo },
    });
    const told =
      await it.sql`SELECT task FROM outbox WHERE task = 'delivery_changed' AND (payload->>'orderId')::bigint = ${order.orderId}`;
    expect(told).toHaveLength(1);
  });

  test("the recipient's last four digits go along where the carrier wants them, typed ones before them", async () => {
    const own = await anOrderToShip(it);
    const typed = await anOrderToShip(it);

    const first = await ship(own, express({ trackingNo: "SF1357924680135" }));
    const second = await ship(typed, express({ trackingNo: "sf 1357 9246 80136", phoneTail: "4321" }));

    const [phone] = await it.sql`SELECT phone FROM orders WHERE id = ${own.orderId}`;
    const tails = await it.sql`SELECT phone_tail AS tail, tracking_no AS no FROM deliveries
      WHERE id IN (${first.deliveryId}, ${second.deliveryId}) ORDER BY id`;
    expect(tails.map((row) => row.tail)).toEqual([phone?.phone.slice(-4), "4321"]);
    expect(tails[1]?.no).toBe("SF1357924680136");
  });

  test.each(["same_city", "pickup"])("%s needs no carrier", async (kind) => {
    const order = await anOrderToShip(it);

    await ship(order, { kind, note: "王师傅", lines: "rest" });

    expect((await goodsOf(it, order)).deliveries).toEqual([`${kind} shipped`]);
  });

  test("virtual goods are handed over, and sent no other way", async () => {
    const order = await anOrderToShip(it, { kind: "virtual" });

    const refusals = await Promise.all(
      ["express", "same_city", "pickup"].map((kind) => refusalOf(ship(order, express({ kind })))),
    );
    await ship(order, { kind: "virtual", lines: "rest" });

    expect(new Set(refusals)).toEqual(new Set(["delivery_kind_invalid"]));
    expect(await goodsOf(it, order)).toMatchObject({ order: "shipped", deliveries: ["virtual shipped"] });
  });
});

describe("what is refused, with nothing changed", () => {
  test.each([
    ["unpaid", "not_shippable"],
    ["closing", "not_shippable"],
    ["cancelled", "not_shippable"],
    ["expired", "not_shippable"],
    ["refunded", "not_shippable"],
    ["shipped", "already_shipped"],
    ["completed", "already_shipped"],
  ])("an order that is %s: %s", async (state, code) => {
    const order = await anOrderToShip(it);
    const set: Record<string, [string, string | null]> = {
      unpaid: ["pending", null],
      closing: ["closing", "expired"],
      cancelled: ["closed", "cancelled"],
      expired: ["closed", "expired"],
      refunded: ["closed", "refunded"],
      shipped: ["shipped", null],
      completed: ["completed", null],
    };
    const [status, reason] = set[state] as [string, string | null];
    await it.sql`UPDATE orders SET status = ${status}, closed_reason = ${reason} WHERE id = ${order.orderId}`;

    expect(await refusalOf(ship(order))).toBe(code);
    expect(await goodsOf(it, order)).toEqual({ ...untouched, order: status });
    expect(await movesOf(order)).toEqual([]);
  });

  test("an order that was never paid", async () => {
    const { sku } = await it.aProduct({ kind: "physical" });
    const request = { items: [{ sku, quantity: 1 }], recipient: aRecipient };
    const { orderId } = await createOrder(it.shop, { buyer: null, request, idempotencyKey: null });
    const [order] = await it.sql`SELECT order_no AS "orderNo" FROM orders WHERE id = ${orderId}`;

    expect(await refusalOf(ship({ orderNo: order?.orderNo }))).toBe("not_shippable");
    expect(await refusalOf(ship({ orderNo: "20990101000000000000" }))).toBe("not_found");
  });

  test("more than ordered, nothing at all, pieces of another order, made-up quantities", async () => {
    const order = await anOrderToShip(it);
    const other = await anOrderToShip(it);
    const [sku = ""] = order.skus;
    const lines = (...of: [string, number][]) =>
      express({ lines: of.map(([sku, quantity]) => ({ sku, quantity })) });

    const codes = [
      await refusalOf(ship(order, lines([sku, 4]))),
      await refusalOf(ship(order, lines([sku, 2], [sku, 2]))),
      await refusalOf(ship(order, lines([sku, 0]))),
      await refusalOf(ship(order, lines())),
      await refusalOf(ship(order, lines([other.skus[0] ?? "", 1]))),
      await refusalOf(ship(order, lines([sku, -1]))),
      await refusalOf(ship(order, lines([sku, 1.5]))),
      await refusalOf(ship(order, lines([sku, Number.NaN]))),
    ];

    expect(codes).toEqual([
      ...["ships_too_much", "ships_too_much", "nothing_to_ship", "nothing_to_ship"],
      ...["malformed", "malformed", "malformed", "malformed"],
    ]);
    expect(await goodsOf(it, order)).toEqual(untouched);
  });

  test("to nobody: goods without a recipient stay here", async () => {
    const order = await anOrderToShip(it);
    await it.sql`UPDATE orders SET recipient = 'null'::jsonb WHERE id = ${order.orderId}`;

    expect(await refusalOf(ship(order))).toBe("not_shippable");
    expect(await goodsOf(it, order)).toEqual(untouched);
  });

  test.each([
    [{ kind: "virtual" }, "delivery_kind_invalid"],
    [{ kind: "drone" }, "delivery_kind_invalid"],
    [{ carrier: "DHL" }, "carrier_unknown"],
    [{ trackingNo: "7712345678901" }, "carrier_unknown"],
    [{ carrier: "JTSD", trackingNo: "YT8812345678901" }, "tracking_invalid"],
    [{ trackingNo: "" }, "tracking_invalid"],
    [{ trackingNo: null }, "tracking_invalid"],
    [{ trackingNo: "SF1357924680135", phoneTail: "12" }, "phone_tail_required"],
    [{ note: "长".repeat(501) }, "malformed"],
  ])("a parcel with %j", async (wrong, code) => {
    const order = await anOrderToShip(it);

    expect(await refusalOf(ship(order, express(wrong)))).toBe(code);
    expect(await goodsOf(it, order)).toEqual(untouched);
  });

  test("the same number twice on one order; on another it may be the same box", async () => {
    const order = await anOrderToShip(it);
    const another = await anOrderToShip(it);
    const trackingNo = aTrackingNo();
    const one = express({ trackingNo, lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] });
    await ship(order, one);

    expect(await refusalOf(ship(order, { ...one, trackingNo: trackingNo.toLowerCase() }))).toBe(
      "parcel_recorded",
    );
    expect((await goodsOf(it, order)).lines).toEqual(["1 of 3", "0 of 2"]);
    expect(await refusalOf(ship(another, express({ trackingNo })))).toBe("done");
  });

  test("the very same form again ships nothing twice, though it has no number", async () => {
    const order = await anOrderToShip(it);
    const form: Parcel = { kind: "pickup", lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] };

    const codes = await Promise.all([1, 2, 3].map(() => refusalOf(ship(order, form, { deliveriesSeen: 0 }))));

    expect(codes.sort()).toEqual(["busy", "busy", "done"]);
    expect((await goodsOf(it, order)).lines).toEqual(["1 of 3", "0 of 2"]);
    expect(await refusalOf(ship(order, form, { deliveriesSeen: 1 }))).toBe("done");
  });
});

describe("pieces that a refund has promised back", () => {
  test("stay here once it is approved; one that waits for a decision holds nothing up", async () => {
    const order = await anOrderToShip(it);
    const [sku = "", other = ""] = order.skus;
    const refundNo = await askedBy(it.shop, order, { refundFen: 20_000, lines: [{ sku, quantity: 2 }] });
    const part = (sku: string, quantity: number) => express({ lines: [{ sku, quantity }] });

    expect(await refusalOf(ship(order, part(sku, 1)))).toBe("done");
    await approveRefund(it.shop, { refundNo, by: owner });

    expect(await refusalOf(ship(order, part(sku, 1)))).toBe("refund_underway");
    expect(await refusalOf(ship(order))).toBe("refund_underway");
    expect(await refusalOf(ship(order, part(other, 2)))).toBe("done");
    expect(await goodsOf(it, order)).toMatchObject({ order: "paid", lines: ["1 of 3", "2 of 2"] });
  });

  test.each(["approved", "awaiting_return", "sending", "accepted", "abnormal", "manual"])(
    "the whole order, %s: nothing leaves",
    async (status) => {
      const order = await anOrderToShip(it);
      const refundNo = await approved(order, { refundFen: order.totalFen });
      await it.sql`DELETE FROM refund_lines WHERE refund_id = (SELECT id FROM refunds WHERE out_refund_no = ${refundNo})`;
      await it.sql`UPDATE refunds SET status = ${status}, request = '{}' WHERE out_refund_no = ${refundNo}`;

      expect(await refusalOf(ship(order))).toBe("refund_underway");
      expect(await goodsOf(it, order)).toEqual(untouched);
    },
  );

  test.each(["requested", "rejected", "withdrawn", "closed"])("%s: everything may leave", async (status) => {
    const order = await anOrderToShip(it);
    const refundNo = await askedBy(it.shop, order, { refundFen: order.totalFen });
    await it.sql`UPDATE refunds SET status = ${status} WHERE out_refund_no = ${refundNo}`;

    expect(await refusalOf(ship(order))).toBe("done");
  });

  test("a price reduction takes no pieces back", async () => {
    const order = await anOrderToShip(it);
    await approved(order, { refundFen: 500 });

    expect(await refusalOf(ship(order))).toBe("done");
  });
});

test("an order is to ship until its last piece has left or was refunded, and its parcel's number finds it", async () => {
  const before = (await countWork(it.shop)).toShip;
  const order = await anOrderToShip(it);
  const dropped = await anOrderToShip(it, { quantities: [1] });
  const [sku = ""] = order.skus;
  const trackingNo = aTrackingNo();

  const counts = [(await countWork(it.shop)).toShip - before];
  await ship(order, express({ trackingNo, lines: [{ sku, quantity: 1 }] }));
  counts.push((await countWork(it.shop)).toShip - before);
  await ship(order);
  // All its pieces, but not all its money: it stays a paid order of which nothing is left to ship.
  await it.sql`UPDATE order_lines SET dropped = quantity WHERE order_id = ${dropped.orderId}`;
  await it.sql`SELECT conclude_delivery(${dropped.orderId}, 'job:test', now(), now())`;
  counts.push((await countWork(it.shop)).toShip - before);

  expect(counts).toEqual([2, 2, 0]);
  expect((await findOrderId(it.shop, trackingNo.toLowerCase()))?.orderNo).toBe(order.orderNo);
  expect(await refusalOf(ship(dropped))).toBe("already_shipped");
});

test("two of the staff ship the last piece at once: one does, a hundred times over", async () => {
  const orders = await Promise.all(Array.from({ length: 100 }, () => anOrderToShip(it, { quantities: [1] })));

  for (const order of orders) {
    const codes = await Promise.all([
      refusalOf(ship(order)),
      refusalOf(
        shipOrder(it.shop, {
          orderNo: order.orderNo,
          parcel: express({ lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] }),
          by: owner,
        }),
      ),
    ]);
    expect(codes.sort()).toEqual(["already_shipped", "done"]);
  }

  const ids = orders.map(({ orderId }) => orderId);
  const [sums] =
    await it.sql`SELECT (SELECT count(*)::int FROM delivery_reports WHERE order_id = ANY (${ids})) AS reports,
    (SELECT sum(shipped)::int FROM order_lines WHERE order_id = ANY (${ids})) AS shipped,
    (SELECT count(*)::int FROM deliveries WHERE order_id = ANY (${ids})) AS deliveries,
    (SELECT count(*)::int FROM variants v JOIN order_lines l ON l.variant_id = v.id WHERE l.order_id = ANY (${ids}) AND v.on_hand = 9 AND v.allocated = 0) AS stock`;
  expect(sums).toEqual({ reports: 100, shipped: 100, deliveries: 100, stock: 100 });
});

test("an order that is shipped in parts by many at once is shipped whole, once", async () => {
  const order = await anOrderToShip(it, { quantities: [6] });
  const [sku = ""] = order.skus;

  const codes = await Promise.all(
    Array.from({ length: 9 }, () => refusalOf(ship(order, express({ lines: [{ sku, quantity: 1 }] })))),
  );

  expect(codes.filter((code) => code === "done")).toHaveLength(6);
  expect(await goodsOf(it, order)).toMatchObject({
    order: "shipped",
    lines: ["6 of 6"],
    stock: ["0/4"],
    reports: ["queued 1"],
  });
  expect(await refusalOf(shippedWhole(it, order, by))).toBe("already_shipped");
});
