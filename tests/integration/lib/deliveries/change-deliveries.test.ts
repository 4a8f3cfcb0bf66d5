import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { correctDelivery } from "@/lib/deliveries/correct-delivery";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { type Parcel, shipOrder } from "@/lib/deliveries/ship-order";
import { type DeliveryStatus, deliveryMoves, deliveryStatuses } from "@/lib/deliveries/state";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { askedBy } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";
import {
  anOrderToShip,
  aPacker,
  aTrackingNo,
  goodsOf,
  type OrderToShip,
  refusalOf,
  shippedWhole,
} from "@/tests/support/an-order-to-ship";
import { paidBackByWechat } from "@/tests/support/paid-back";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
let owner: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
  const { id } = await addStaff(it.shop, { email: "o@shop.test", role: "owner" }, null);
  owner = { staffId: id, address: "192.0.2.7" };
});
afterAll(() => it.close());

const express = (more: Partial<Parcel> = {}): Parcel => ({
  kind: "express",
  trackingNo: aTrackingNo(),
  lines: "rest",
  ...more,
});
const ship = async ({ orderNo }: OrderToShip, parcel = express()) =>
  (await shipOrder(it.shop, { orderNo, parcel, by })).deliveryId;
const correct = (deliveryId: number, parcel: Partial<Parcel> = {}) =>
  correctDelivery(it.shop, { deliveryId, by, parcel: { trackingNo: aTrackingNo(), ...parcel } });
const fail = (deliveryId: number, reason: string | null = "丢件") =>
  failDelivery(it.shop, { deliveryId, by, reason });
const replace = (deliveryId: number, parcel = express()) =>
  replaceDelivery(it.shop, { deliveryId, by, parcel });
const undo = (deliveryId: number) => voidDelivery(it.shop, { deliveryId, by });
const rowOf = async (id: number) => (await it.sql`SELECT * FROM deliveries WHERE id = ${id}`)[0];
const alarmOf = async (id: number) =>
  (await it.sql`SELECT status FROM alarms WHERE dedupe_key = ${`delivery_failed:${id}`} ORDER BY id`).map(
    (row) => row.status,
  );
const entriesOf = async ({ orderId }: OrderToShip) =>
  (
    await it.sql`SELECT action FROM audit_entries WHERE order_id = ${orderId} AND subject = 'delivery' ORDER BY id`
  ).map((row) => row.action);
const refunded = async (order: OrderToShip, of: Parameters<typeof askedBy>[2]) => {
  const refundNo = await askedBy(it.shop, order, of);
  await approveRefund(it.shop, { refundNo, by: owner });
  await paidBackByWechat(it.shop, order, refundNo);
};
/** What was told to WeChat, or is being told. */
const tried = ({ receiptId }: OrderToShip) =>
  it.sql`UPDATE delivery_reports SET attempts = 1, last_tried_at = now() WHERE receipt_id = ${receiptId}`;
/** A delivery in this state, as far as the rows say. */
const stands = async (status: DeliveryStatus) => {
  const order = await anOrderToShip(it);
  const deliveryId = await shippedWhole(it, order, by);
  await it.sql`UPDATE deliveries SET status = ${status}, fail_reason = 'x' WHERE id = ${deliveryId}`;
  return { order, deliveryId };
};

describe("every state, every verb", () => {
  const verbs = {
    correct: { allowed: ["shipped"], does: correct },
    fail: { allowed: deliveryMoves.fail.from as readonly string[], does: fail },
    void: { allowed: deliveryMoves.void.from as readonly string[], does: undo },
    replace: { allowed: ["failed"], does: replace },
  };
  const pairs = deliveryStatuses.flatMap((status) =>
    (Object.keys(verbs) as (keyof typeof verbs)[]).map((verb) => [status, verb] as const),
  );

  test.each(pairs)("%s, %s", async (status, verb) => {
    const { order, deliveryId } = await stands(status);
    const before = await goodsOf(it, order);
    const { allowed, does } = verbs[verb];

    const code = await refusalOf(does(deliveryId));

    expect(code).toBe(allowed.includes(status) ? "done" : "delivery_ended");
    if (code !== "done") {
      expect(await goodsOf(it, order)).toEqual(before);
      expect(await entriesOf(order)).toEqual(["delivery.ship"]);
    }
  });

  test("a delivery that is not there", async () => {
    expect(await Promise.all([correct(0), fail(0), replace(0), undo(0)].map(refusalOf))).toEqual(
      Array(4).fill("not_found"),
    );
  });
});

describe("correcting", () => {
  test("changes carrier, number, digits and note, before the report and after it", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);

    await correct(deliveryId, {
      carrier: "SF",
      trackingNo: "SF1357924680135",
      phoneTail: "4321",
      note: "已改寄",
    });
    await it.sql`UPDATE delivery_reports SET status = 'reported', attempts = 1, reported_at = now() WHERE order_id = ${order.orderId}`;
    await correct(deliveryId, { carrier: "JTSD", trackingNo: "JT3012345678901", note: "" });

    const row = await rowOf(deliveryId);
    expect(row).toMatchObject({
      carrier: "JTSD",
      tracking_no: "JT3012345678901",
      phone_tail: null,
      note: null,
    });
    expect(await goodsOf(it, order)).toMatchObject({ order: "shipped", deliveries: ["express shipped"] });
    const entries =
      await it.sql`SELECT before, after FROM audit_entries WHERE action = 'delivery.correct' AND order_id = ${order.orderId} ORDER BY id`;
    expect(entries.map(({ after }) => after.carrier)).toEqual(["SF", "JTSD"]);
    expect(entries[1]?.before).toMatchObject({
      carrier: "SF",
      trackingNo: "SF1357924680135",
    });
    expect(entries.map(({ after }) => after.isNoteChanged)).toEqual([true, true]);
  });

  test("the same again leaves no entry", async () => {
    const order = await anOrderToShip(it);
    const trackingNo = aTrackingNo();
    const deliveryId = await ship(order, express({ trackingNo }));

    await correct(deliveryId, { carrier: "YTO", trackingNo: trackingNo.toLowerCase() });

    expect(await entriesOf(order)).toEqual(["delivery.ship"]);
    expect((await rowOf(deliveryId))?.corrected_at).toBeNull();
  });

  test("neither to another parcel's number nor to rubbish", async () => {
    const order = await anOrderToShip(it);
    const trackingNo = aTrackingNo();
    await ship(order, express({ trackingNo, lines: [{ sku: order.skus[0] ?? "", quantity: 1 }] }));
    const deliveryId = await ship(order);

    expect(await refusalOf(correct(deliveryId, { trackingNo }))).toBe("parcel_recorded");
    expect(await refusalOf(correct(deliveryId, { carrier: "SF", trackingNo: "1" }))).toBe("tracking_invalid");
    expect(await refusalOf(correct(deliveryId, { carrier: "X" }))).toBe("carrier_unknown");
    expect(await entriesOf(order)).toEqual(["delivery.ship", "delivery.ship"]);
  });

  test("of what went without a carrier only the note", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order, { kind: "pickup", lines: "rest" });

    await correct(deliveryId, { note: "前台" });

    expect(await rowOf(deliveryId)).toMatchObject({
      ...{ kind: "pickup", note: "前台", tracking_no: null },
      corrected_at: null, // Nothing that WeChat was told has changed.
    });
  });
});

describe("failing, and sending once more", () => {
  test("a failed parcel keeps its pieces counted, owes no report, and is an alarm", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);

    await fail(deliveryId, " 客户拒收 ");

    expect(await goodsOf(it, order)).toEqual({
      order: "shipped",
      lines: ["3 of 3", "2 of 2"],
      stock: ["0/7", "0/8"],
      deliveries: ["express failed"],
      reports: [],
    });
    expect((await rowOf(deliveryId))?.fail_reason).toBe("客户拒收");
    expect(await alarmOf(deliveryId)).toEqual(["open"]);
  });

  test("a reason is needed", async () => {
    const deliveryId = await shippedWhole(it, await anOrderToShip(it), by);

    expect(await refusalOf(fail(deliveryId, "  "))).toBe("reason_required");
    expect(await refusalOf(fail(deliveryId, null))).toBe("reason_required");
    expect((await rowOf(deliveryId))?.status).toBe("shipped");
  });

  test("a replacement moves no stock, owes the report again and ends the alarm; there is only one", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);
    await fail(deliveryId);

    const replaced = await replace(deliveryId);

    expect(await goodsOf(it, order)).toEqual({
      order: "shipped",
      lines: ["3 of 3", "2 of 2"],
      stock: ["0/7", "0/8"],
      deliveries: ["express failed", "express shipped"],
      reports: ["queued 1"],
    });
    expect((await rowOf(replaced.deliveryId))?.replaces_id).toBe(String(deliveryId));
    expect(await alarmOf(deliveryId)).toEqual(["resolved"]);
    expect(await refusalOf(replace(deliveryId))).toBe("delivery_ended");
  });

  test("two people replace it at once: one parcel leaves", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);
    await fail(deliveryId);

    const codes = await Promise.all([refusalOf(replace(deliveryId)), refusalOf(replace(deliveryId))]);

    expect(codes.sort()).toEqual(["delivery_ended", "done"]);
    expect((await goodsOf(it, order)).deliveries).toEqual(["express failed", "express shipped"]);
  });

  test("under the failed one's number again, when the carrier brings it once more", async () => {
    const order = await anOrderToShip(it);
    const trackingNo = aTrackingNo();
    const deliveryId = await ship(order, express({ trackingNo }));
    await fail(deliveryId);

    expect(await refusalOf(replace(deliveryId, express({ trackingNo })))).toBe("done");
  });

  test("not what the buyer has the money for: neither all of it nor some", async () => {
    const whole = await anOrderToShip(it);
    const part = await anOrderToShip(it);
    const [lost, lostToo] = [await ship(whole), await ship(part)];
    for (const id of [lost, lostToo]) await fail(id);
    await refunded(whole, { refundFen: whole.totalFen });
    await refunded(part, { refundFen: 10_000, lines: [{ sku: part.skus[0] ?? "", quantity: 1 }] });
    const pieces = (...of: number[]) =>
      express({ lines: part.skus.map((sku, n) => ({ sku, quantity: of[n] ?? 0 })) });

    expect(await refusalOf(replace(lost))).toBe("delivery_refunded");
    expect(await refusalOf(replace(lostToo))).toBe("delivery_refunded");
    expect(await refusalOf(replace(lostToo, pieces(4, 2)))).toBe("ships_too_much");
    expect(await refusalOf(replace(lostToo, pieces(2, 2)))).toBe("done");
  });

  test("not what a refund under way has promised", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);
    await fail(deliveryId);
    const refundNo = await askedBy(it.shop, order, { refundFen: order.totalFen });

    await approveRefund(it.shop, { refundNo, by: owner });

    expect(await refusalOf(replace(deliveryId))).toBe("delivery_refunded");
  });

  test("one parcel of two fails: the other keeps the report due", async () => {
    const order = await anOrderToShip(it);
    const first = await ship(order, express({ lines: [{ sku: order.skus[0] ?? "", quantity: 3 }] }));
    await ship(order);

    await fail(first);

    expect((await goodsOf(it, order)).reports).toEqual(["queued 1"]);
  });
});

describe("undoing", () => {
  test("the whole: pieces and stock are back, the order is to ship, no report is owed", async () => {
    const order = await anOrderToShip(it);
    const before = await goodsOf(it, order);
    const deliveryId = await ship(order);

    await undo(deliveryId);

    expect(await goodsOf(it, order)).toEqual({ ...before, deliveries: ["express voided"] });
    expect(
      await it.sql`SELECT event FROM transitions WHERE order_id = ${order.orderId} AND entity = 'order' AND event = 'unship'`,
    ).toHaveLength(1);
    expect(await refusalOf(shippedWhole(it, order, by))).toBe("done");
  });

  test("one parcel of two: the other stays, and the report is no longer due in full", async () => {
    const order = await anOrderToShip(it);
    await ship(order, express({ lines: [{ sku: order.skus[0] ?? "", quantity: 2 }] }));
    const second = await ship(order);

    await undo(second);

    expect(await goodsOf(it, order)).toEqual({
      order: "paid",
      lines: ["2 of 3", "0 of 2"],
      stock: ["1/8", "2/10"],
      deliveries: ["express shipped", "express voided"],
      reports: ["queued null"],
    });
  });

  test("not after the window, not once WeChat was asked, not what was given at once", async () => {
    const [late, told, given] = [
      await anOrderToShip(it),
      await anOrderToShip(it),
      await anOrderToShip(it, { kind: "virtual" }),
    ];
    const ids = [await ship(late), await ship(told), await ship(given, { kind: "virtual", lines: "rest" })];
    await tried(told);
    const shippedAt = new Date(it.clock.now.getTime() - 300_000).toISOString();
    await it.sql`UPDATE deliveries SET shipped_at = ${shippedAt} WHERE id = ${ids[0] ?? 0}`;

    const codes = await Promise.all(ids.map((id) => refusalOf(undo(id))));

    expect(codes).toEqual(["delivery_undo_over", "delivery_reported", "delivery_given"]);
    for (const order of [late, told, given]) expect((await goodsOf(it, order)).order).toBe("shipped");
  });

  test("a replacement: no stock moves, and the failure is an alarm again", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);
    await fail(deliveryId);
    const replaced = await replace(deliveryId);

    await undo(replaced.deliveryId);

    expect(await goodsOf(it, order)).toMatchObject({
      order: "shipped",
      stock: ["0/7", "0/8"],
      deliveries: ["express failed", "express voided"],
      reports: [],
    });
    expect(await alarmOf(deliveryId)).toEqual(["resolved", "open"]);
    expect(await refusalOf(replace(deliveryId))).toBe("done");
  });

  test("not what the buyer has the money back for", async () => {
    const whole = await anOrderToShip(it);
    const part = await anOrderToShip(it);
    const ids = [await ship(whole), await ship(part)];
    await refunded(whole, { refundFen: whole.totalFen });
    await refunded(part, { refundFen: 10_000, lines: [{ sku: part.skus[0] ?? "", quantity: 1 }] });

    const codes = await Promise.all(ids.map((id) => refusalOf(undo(id))));

    expect(codes).toEqual(["delivery_refunded", "delivery_refunded"]);
  });

  test("with a refund under way: the pieces come back, and the refund then drops them", async () => {
    const order = await anOrderToShip(it);
    const deliveryId = await ship(order);
    const refundNo = await askedBy(it.shop, order, { refundFen: order.totalFen });
    await approveRefund(it.shop, { refundNo, by: owner });

    await undo(deliveryId);
    await paidBackByWechat(it.shop, order, refundNo);

    expect(await goodsOf(it, order)).toEqual({
      order: "closed",
      lines: ["0 of 3 less 3", "0 of 2 less 2"],
      stock: ["0/10", "0/10"],
      deliveries: ["express voided"],
      reports: ["queued 0"],
    });
  });
});
