import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failDelivery } from "@/lib/deliveries/fail-delivery";
import { replaceDelivery } from "@/lib/deliveries/replace-delivery";
import { type Parcel, shipOrder } from "@/lib/deliveries/ship-order";
import { voidDelivery } from "@/lib/deliveries/void-delivery";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { askedBy } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";
import { anOrderToShip, aTrackingNo, type OrderToShip, refusalOf } from "@/tests/support/an-order-to-ship";
import { paidBackByWechat, paidBackInPortal } from "@/tests/support/paid-back";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  const { id } = await addStaff(it.shop, { email: "o@shop.test", role: "owner" }, null);
  by = { staffId: id, address: "192.0.2.7" };
});
afterAll(() => it.close());

const pick = fc.nat({ max: 3 }); // One of what is there when its turn comes.
const pieces = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 2 }));
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("ship" as const),
      pieces: fc.oneof(pieces, fc.constant("rest" as const)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("void" as const, "fail" as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("replace" as const),
      pick,
      pieces: fc.oneof(pieces, fc.constant("rest" as const)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("ask" as const), pieces, whole: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("approve" as const, "reject" as const, "settle" as const),
      pick,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("portal" as const), fen: fc.constantFrom(100, 10_000, 50_000) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
/** What happens one after the other; each step may be several things at once. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 8 });

const priceFen = 10_000;

function linesOf(order: OrderToShip, of: "rest" | [number, number]): Parcel["lines"] {
  return of === "rest" ? of : order.skus.map((sku, n) => ({ sku, quantity: of[n] ?? 0 }));
}

/** What a person, the buyer or WeChat does; any of it may be refused. */
async function take(order: OrderToShip, step: Step): Promise<unknown> {
  const parcel = (of: "rest" | [number, number]): Parcel => ({
    kind: "express",
    trackingNo: aTrackingNo(),
    lines: linesOf(order, of),
  });
  const at = <Row>(rows: readonly Row[], n: number) => rows[n % Math.max(1, rows.length)];
  switch (step.do) {
    case "ship":
      return shipOrder(it.shop, { orderNo: order.orderNo, parcel: parcel(step.pieces), by });
    case "void":
    case "fail":
    case "replace": {
      const rows =
        await it.sql`SELECT id::int FROM deliveries WHERE order_id = ${order.orderId} ORDER BY id DESC`;
      const deliveryId = at(rows, step.pick)?.id ?? 0;
      if (step.do === "replace")
        return replaceDelivery(it.shop, { deliveryId, by, parcel: parcel(step.pieces) });
      if (step.do === "void") return voidDelivery(it.shop, { deliveryId, by });
      return failDelivery(it.shop, { deliveryId, by, reason: "丢件" });
    }
    case "ask": {
      const lines = order.skus.flatMap((sku, n) => {
        const quantity = step.pieces[n] ?? 0;
        return quantity > 0 ? [{ sku, quantity }] : [];
      });
      const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      if (step.whole) return askedBy(it.shop, order, { refundFen: order.totalFen });
      return count > 0 && askedBy(it.shop, order, { refundFen: count * priceFen, lines });
    }
    case "approve":
    case "reject":
    case "settle": {
      const status = step.do === "settle" ? "approved" : "requested";
      const rows =
        await it.sql`SELECT out_refund_no AS "refundNo" FROM refunds WHERE order_id = ${order.orderId} AND status = ${status} ORDER BY id`;
      const refundNo = at(rows, step.pick)?.refundNo;
      if (!refundNo) return null;
      if (step.do === "approve") return approveRefund(it.shop, { refundNo, by });
      if (step.do === "reject") return rejectRefund(it.shop, { refundNo, by, note: "不同意" });
      return paidBackByWechat(it.shop, order, refundNo);
    }
    case "portal":
      return paidBackInPortal(it.shop, order, step.fen);
  }
}

/** What must hold, whatever happened. */
async function check({ orderId, receiptId, totalFen }: OrderToShip): Promise<void> {
  const [order] = await it.sql`SELECT status FROM orders WHERE id = ${orderId}`;
  const lines = await it.sql`
    SELECT l.quantity, l.shipped, l.dropped, v.allocated, v.on_hand AS "onHand",
      (SELECT coalesce(sum(d.quantity), 0)::int FROM delivery_lines d JOIN deliveries p ON p.id = d.delivery_id
        WHERE p.order_id = ${orderId} AND d.variant_id = l.variant_id AND p.status <> 'voided' AND p.replaces_id IS NULL) AS sent,
      (SELECT coalesce(sum(d.quantity), 0)::int FROM delivery_lines d JOIN deliveries p ON p.id = d.delivery_id
        WHERE p.order_id = ${orderId} AND d.variant_id = l.variant_id AND p.status = 'shipped') AS live
    FROM order_lines l JOIN variants v ON v.id = l.variant_id WHERE l.order_id = ${orderId} ORDER BY v.id`;
  for (const line of lines) {
    const left = line.quantity - line.shipped - line.dropped;
    expect(line.sent).toBe(line.shipped);
    expect([line.allocated, line.onHand]).toEqual([left, 10 - line.shipped]);
    expect(line.live + left + line.dropped).toBeLessThanOrEqual(line.quantity);
  }
  const sum = (of: (line: (typeof lines)[number]) => number) =>
    lines.reduce((total, line) => total + of(line), 0);
  const left = sum((line) => line.quantity - line.shipped - line.dropped);
  const shipped = sum((line) => line.shipped);
  const [paid] =
    await it.sql`SELECT coalesce(sum(refund_fen), 0)::int AS fen FROM refunds WHERE receipt_id = ${receiptId} AND status = 'succeeded'`;
  const isRefunded = paid?.fen >= totalFen;

  if (isRefunded) expect(left).toBe(0);
  if (left > 0) expect(order?.status).toBe("paid");
  else if (shipped > 0) expect(order?.status).toBe("shipped");
  else expect(order?.status).toBe(isRefunded ? "closed" : "paid");

  const isLive = sum((line) => line.live) > 0;
  const due = left > 0 ? (isLive ? [null] : []) : isLive ? [1] : isRefunded || shipped === 0 ? [0] : [];
  const reports =
    await it.sql`SELECT status, deliver_status AS said FROM delivery_reports WHERE receipt_id = ${receiptId}`;
  expect(reports.map(({ status, said }) => [status, said])).toEqual(due.map((said) => ["queued", said]));
  const jobs =
    await it.sql`SELECT key FROM graphile_worker.jobs WHERE key = ${`report_delivery:${receiptId}`}`;
  expect(jobs.length).toBeGreaterThanOrEqual(due.length);
}

test("pieces, stock, state and report agree after any story of shipping, undoing, failing and refunding", async () => {
  const taken = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const order = await anOrderToShip(it, { quantities: [3, 2] });
      for (const together of steps) {
        const codes = await Promise.all(together.map((one) => refusalOf(take(order, one))));
        for (const [n, code] of codes.entries())
          if (code === "done" && together[n]) taken.set(together[n].do, (taken.get(together[n].do) ?? 0) + 1);
        await check(order);
      }
    }),
    { numRuns: 60 },
  );
  // Not by being refused all the time.
  for (const what of ["ship", "void", "fail", "replace", "settle", "portal"])
    expect([what, taken.get(what) ?? 0]).not.toEqual([what, 0]);
}, 120_000);
