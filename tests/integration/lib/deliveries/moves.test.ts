import { sql as query } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { move } from "@/lib/db/move";
import {
  type DeliveryEvent,
  type DeliveryStatus,
  deliveryMoves,
  deliveryStatuses,
  type ReportEvent,
  type ReportStatus,
  reportMoves,
  reportStatuses,
} from "@/lib/deliveries/state";
import { aShop } from "@/tests/support/a-shop";
import { anOrderToShip, aPacker, type OrderToShip, shippedWhole } from "@/tests/support/an-order-to-ship";

let it: Awaited<ReturnType<typeof aShop>>;
let order: OrderToShip;
let deliveryId: number;
let reportId: number;
beforeAll(async () => {
  it = await aShop();
  order = await anOrderToShip(it);
  deliveryId = await shippedWhole(it, order, await aPacker(it));
  const [report] = await it.sql`SELECT id::int FROM delivery_reports WHERE order_id = ${order.orderId}`;
  reportId = Number(report?.id);
});
beforeEach(() => it.sql`DELETE FROM transitions WHERE entity IN ('delivery', 'report')`);
afterAll(() => it.close());

const movesOf = async (entity: string) =>
  (
    await it.sql`SELECT event, from_status AS "from", to_status AS "to", actor, order_id::int AS "orderId"
      FROM transitions WHERE entity = ${entity} ORDER BY id`
  ).map((row) => `${row.event}: ${row.from} → ${row.to} (${row.actor}, order ${row.orderId})`);
const deliveryRow = async () =>
  (await it.sql`SELECT to_json(d) AS row FROM deliveries d WHERE id = ${deliveryId}`)[0]?.row;
const reportRow = async () =>
  (await it.sql`SELECT to_json(r) AS row FROM delivery_reports r WHERE id = ${reportId}`)[0]?.row;

async function putDelivery(status: DeliveryStatus) {
  await it.sql`UPDATE deliveries SET status = ${status}, fail_reason = ${status === "failed" ? "lost" : null}
    WHERE id = ${deliveryId}`;
}

async function putReport(status: ReportStatus) {
  const reportedAt = status === "reported" ? it.clock.now.toISOString() : null;
  await it.sql`UPDATE delivery_reports SET status = ${status}, reported_at = ${reportedAt} WHERE id = ${reportId}`;
}

describe("the table of a delivery's moves against the database", () => {
  const events = Object.keys(deliveryMoves) as DeliveryEvent[];
  const pairs = events.flatMap((event) => deliveryStatuses.map((from) => ({ event, from })));
  test.each(pairs)("$event from $from", async ({ event, from }) => {
    await putDelivery(from);
    const { from: allowedFrom, to } = deliveryMoves[event];
    const allowed = (allowedFrom as readonly string[]).includes(from);
    const before = await deliveryRow();
    const set = to === "failed" ? query`fail_reason = 'lost'` : undefined;

    const moved = await it.shop.db.transaction((tx) =>
      move(tx, { entity: "delivery", event, id: deliveryId, actor: "staff:7", at: it.clock.now, set }),
    );

    expect(moved).toBe(allowed);
    const walked = `${event}: ${from} → ${to} (staff:7, order ${order.orderId})`;
    expect(await movesOf("delivery")).toEqual(allowed ? [walked] : []);
    const after = await deliveryRow();
    if (allowed) expect(after.status).toBe(to);
    else expect(after).toEqual(before);
  });
});

describe("the table of a report's moves against the database", () => {
  const events = Object.keys(reportMoves) as ReportEvent[];
  const pairs = events.flatMap((event) => reportStatuses.map((from) => ({ event, from })));
  test.each(pairs)("$event from $from", async ({ event, from }) => {
    await putReport(from);
    const { from: allowedFrom, to } = reportMoves[event];
    const allowed = (allowedFrom as readonly string[]).includes(from);
    const before = await reportRow();
    const set = to === "reported" ? query`reported_at = now()` : undefined;

    const moved = await it.shop.db.transaction((tx) =>
      move(tx, { entity: "report", event, id: reportId, actor: "job:x", at: it.clock.now, set }),
    );

    expect(moved).toBe(allowed);
    const walked = `${event}: ${from} → ${to} (job:x, order ${order.orderId})`;
    expect(await movesOf("report")).toEqual(allowed ? [walked] : []);
    const after = await reportRow();
    if (allowed) expect(after.status).toBe(to);
    else expect(after).toEqual(before);
  });

  test("twenty at once make one move", async () => {
    await putReport("queued");
    const refuse = () =>
      it.shop.db.transaction((tx) =>
        move(tx, { entity: "report", event: "refuse", id: reportId, actor: "job:x", at: it.clock.now }),
      );

    const won = await Promise.all(Array.from({ length: 20 }, refuse));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await movesOf("report")).toHaveLength(1);
  });
});
