import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyBatch } from "@/lib/batches/apply-batch";
import { changeColumns } from "@/lib/batches/change-columns";
import { draftBatch } from "@/lib/batches/draft-batch";
import { findBatch, listBatches } from "@/lib/batches/find-batch";
import { forgetBatches } from "@/lib/batches/forget-batches";
import { listRows } from "@/lib/batches/list-rows";
import { readSheet } from "@/lib/batches/read-sheet";
import { refusedFile } from "@/lib/batches/refused-file";
import { shipSelection } from "@/lib/batches/ship-selection";
import { undoBatch } from "@/lib/batches/undo-batch";
import { shipOrder } from "@/lib/deliveries/ship-order";
import type { Person } from "@/lib/staff/person";
import { aShop } from "@/tests/support/a-shop";
import { anOrderToShip, aPacker, aTrackingNo, goodsOf, refusalOf } from "@/tests/support/an-order-to-ship";
import { manyPaidOrders, type PaidOrder } from "@/tests/support/many-paid-orders";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
let other: Person;
beforeAll(async () => {
  it = await aShop();
  by = await aPacker(it);
  other = await aPacker(it, "other@shop.test");
});
afterAll(() => it.close());
const start = new Date();
beforeEach(() => {
  it.clock.now = start;
});
afterEach(() => it.sql`DROP TRIGGER IF EXISTS cut ON delivery_batch_rows`);

const draft = async (...lines: string[]) => {
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  return (await draftBatch(it.shop, { bytes, fileName: "发货.csv", staffId: by.staffId })).batchId;
};
const file = (orders: PaidOrder[]) =>
  draft("订单号,快递单号", ...orders.map(({ orderNo }) => `${orderNo},${aTrackingNo()}`));
const apply = (batchId: number, person = by) => applyBatch(it.shop, { batchId, by: person });
const undo = (batchId: number, person = by) => undoBatch(it.shop, { batchId, by: person });
const counts = async (batchId: number) => {
  const { rows: _, ...rest } = (await findBatch(it.shop, batchId))?.counts ?? { rows: 0 };
  return Object.fromEntries(Object.entries(rest).filter(([, count]) => count > 0));
};
const verdicts = async (batchId: number) =>
  (await it.sql`SELECT verdict FROM delivery_batch_rows WHERE batch_id = ${batchId} ORDER BY row_no`).map(
    (row) => row.verdict,
  );
/** How many live deliveries each order has. */
const parcels = async (orders: PaidOrder[]) => {
  const ids = orders.map(({ orderId }) => orderId);
  const rows =
    await it.sql`SELECT (SELECT count(*)::int FROM deliveries d WHERE d.order_id = o.id AND d.status = 'shipped') AS n
    FROM orders o WHERE o.id = ANY(${ids}) ORDER BY o.id`;
  return rows.map(({ n }) => n);
};
const entries = async (batchId: number) =>
  (
    await it.sql`SELECT action, staff_id::int AS "staffId", before, after FROM audit_entries
    WHERE subject = 'batch' AND subject_id = ${String(batchId)} ORDER BY id`
  ).map((row) => ({ ...row }));
/** What ends the work of a batch at one of its rows, as a process that is killed there does: nothing of its transaction stays. */
const cutAt = async (rowNo: number, event = "verdict = 'shipped'") => {
  await it.sql.unsafe(`CREATE OR REPLACE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.${event} AND NEW.row_no = ${rowNo} THEN RAISE EXCEPTION 'cut'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER cut BEFORE UPDATE ON delivery_batch_rows FOR EACH ROW EXECUTE FUNCTION cut()`);
};

describe("the dry run", () => {
  test("of a thousand rows with bad ones says what would become of each, and changes nothing", async () => {
    const orders = await manyPaidOrders(it.sql, 1000);
    const [first, second, third, fourth, fifth] = orders as [
      PaidOrder,
      PaidOrder,
      PaidOrder,
      PaidOrder,
      PaidOrder,
    ];
    const shipped = await anOrderToShip(it);
    await shipOrder(it.shop, {
      orderNo: shipped.orderNo,
      by,
      parcel: { kind: "express", trackingNo: aTrackingNo(), lines: "rest" },
    });
    const unpaid = await it.payableOrder({ kind: "physical" });
    const shared = aTrackingNo();
    const bad = [
      `26112609304499999999,${aTrackingNo()}`,
      `2.61126E+19,${aTrackingNo()}`,
      `${shipped.orderNo},${aTrackingNo()}`,
      `${unpaid.orderNo},${aTrackingNo()}`,
      `${fourth.orderNo},`,
      `${fifth.orderNo},nonsense`,
      `${first.orderNo},${aTrackingNo()}`,
    ];
    const named = [
      `${first.orderNo},${shared}`,
      `${second.outTradeNo},${shared}`,
      `${third.transactionId},${aTrackingNo()}`,
    ];
    const good = orders.slice(5).map(({ orderNo }) => `${orderNo},${aTrackingNo()}`);

    const batchId = await draft("订单号,快递单号", ...named, ...bad, ...good);

    expect(await verdicts(batchId)).toEqual([
      ...["ready", "ready", "ready"],
      ...[
        "order_unknown",
        "digits_lost",
        "already_shipped",
        "not_shippable",
        "tracking_missing",
        "tracking_invalid",
        "second_parcel",
      ],
      ...good.map(() => "ready"),
    ]);
    expect(await counts(batchId)).toEqual({ ready: 998, refused: 7, orders: 998, buyers: 998 });
    const { rows } = await listRows(it.shop, { batchId, refusedOnly: false });
    expect(rows.slice(0, 4).map(({ isShared }) => isShared)).toEqual([true, true, false, false]);
    expect(await parcels(orders)).toEqual(orders.map(() => 0));
    expect(await entries(batchId)).toEqual([]);

    await apply(batchId);

    expect(await counts(batchId)).toEqual({ shipped: 998, refused: 7, orders: 998, buyers: 998 });
    expect(await parcels(orders)).toEqual(orders.map((_, n) => (n === 3 || n === 4 ? 0 : 1)));
    expect(await entries(batchId)).toEqual([
      {
        action: "batch.apply",
        staffId: by.staffId,
        before: null,
        after: { rows: 998, orders: 998, refused: 7 },
      },
    ]);
  });

  test("with other columns is made again, and is not made of what was applied", async () => {
    const [order] = (await manyPaidOrders(it.sql, 1)) as [PaidOrder];
    const batchId = await draft("备注,编号,号", `x,${order.orderNo},${aTrackingNo()}`);
    expect((await findBatch(it.shop, batchId))?.columns).toEqual({
      header: ["备注", "编号", "号"],
      meaning: { order: 1, trackingNo: 2 },
    });

    await changeColumns(it.shop, { batchId, meaning: { order: 1, trackingNo: 0 } });
    expect(await verdicts(batchId)).toEqual(["tracking_invalid"]);
    expect(await refusalOf(changeColumns(it.shop, { batchId, meaning: { order: 1, trackingNo: 1 } }))).toBe(
      "malformed",
    );
    await changeColumns(it.shop, { batchId, meaning: { order: 1, trackingNo: 2 } });
    expect(await verdicts(batchId)).toEqual(["ready"]);
    await apply(batchId);

    expect(await refusalOf(changeColumns(it.shop, { batchId, meaning: { order: 1, trackingNo: 2 } }))).toBe(
      "batch_decided",
    );
    expect(await verdicts(batchId)).toEqual(["shipped"]);
  });

  test("of a file in which nothing can be shipped has nothing to apply", async () => {
    const batchId = await draft("订单号,快递单号", "1,2");

    expect(await refusalOf(apply(batchId))).toBe("nothing_to_ship");
    expect(await findBatch(it.shop, batchId)).toMatchObject({ status: "draft" });
  });

  test("gives the refused rows back as a file that no spreadsheet runs, and that can be imported once more", async () => {
    const [order] = (await manyPaidOrders(it.sql, 1)) as [PaidOrder];
    const batchId = await draft(
      "订单号,快递单号,收件人",
      `${order.orderNo},,"=HYPERLINK(""http://evil"")"`,
      `${order.orderNo},${aTrackingNo()},李`,
    );

    const text = await refusedFile(it.shop, {
      batchId,
      reasonTitle: "原因",
      reasonOf: (verdict) => `+${verdict}`,
    });

    expect(text).toBe(
      `\ufeff订单号,快递单号,收件人,原因\r\n"\t${order.orderNo}",,"'=HYPERLINK(""http://evil"")",'+tracking_missing\r\n`,
    );
    const [, row] = await readSheet(new TextEncoder().encode(text));
    expect(row?.cells.slice(0, 2)).toEqual([order.orderNo, ""]);
    expect(
      await refusalOf(refusedFile(it.shop, { batchId: batchId + 999, reasonTitle: "", reasonOf: String })),
    ).toBe("not_found");
  });
});

describe("applying", () => {
  test("an order that changed since the dry run is refused in its row, and holds up nobody", async () => {
    const orders = (await manyPaidOrders(it.sql, 3)) as [PaidOrder, PaidOrder, PaidOrder];
    const batchId = await file(orders);
    await shipOrder(it.shop, {
      orderNo: orders[1].orderNo,
      by,
      parcel: { kind: "express", trackingNo: aTrackingNo(), lines: "rest" },
    });

    await apply(batchId);

    expect(await verdicts(batchId)).toEqual(["shipped", "already_shipped", "shipped"]);
    expect(await parcels(orders)).toEqual([1, 1, 1]);
  });

  test("killed in the middle and pressed again, it goes on with the rest and ships nothing twice", async () => {
    const orders = await manyPaidOrders(it.sql, 40);
    const batchId = await file(orders);
    await cutAt(38);
    await expect(apply(batchId)).rejects.toThrow(/cut|Failed query/);
    const before = await verdicts(batchId);
    expect(before).toContain("ready");
    expect(before).toContain("shipped");
    expect((await parcels(orders)).filter((n) => n === 1)).toHaveLength(
      before.filter((one) => one === "shipped").length,
    );
    await it.sql`DROP TRIGGER cut ON delivery_batch_rows`;

    await apply(batchId, other);

    expect(await counts(batchId)).toMatchObject({ shipped: 40 });
    expect(await parcels(orders)).toEqual(orders.map(() => 1));
    expect(await entries(batchId)).toMatchObject([{ action: "batch.apply", staffId: by.staffId }]);
  });

  test("two people at once apply it once", async () => {
    const orders = await manyPaidOrders(it.sql, 40);
    const batchId = await file(orders);

    await Promise.all([apply(batchId), apply(batchId, other)]);

    expect(await counts(batchId)).toMatchObject({ shipped: 40 });
    expect(await parcels(orders)).toEqual(orders.map(() => 1));
    expect(await entries(batchId)).toHaveLength(1);
  });

  test("several rows of one order are its parcels, each with what the row says", async () => {
    const order = await anOrderToShip(it, { quantities: [3, 2] });
    const [a, b] = order.skus;
    const [one, two] = [aTrackingNo(), aTrackingNo()];
    const batchId = await draft(
      "订单号,快递单号,SKU,数量",
      ...[
        `${order.orderNo},${one},${a},2`,
        `${order.orderNo},${one},${b},2`,
        `${order.orderNo},${two},${a},1`,
      ],
    );

    await apply(batchId);

    expect(await goodsOf(it, order)).toMatchObject({
      order: "shipped",
      lines: ["3 of 3", "2 of 2"],
      deliveries: ["express shipped", "express shipped"],
    });
    const rows = (await listRows(it.shop, { batchId, refusedOnly: false })).rows;
    expect(rows[0]?.deliveryId).toBe(rows[1]?.deliveryId);
    expect(rows[2]?.deliveryId).not.toBe(rows[0]?.deliveryId);
  });
});

describe("undoing", () => {
  test("takes back every delivery of the batch, and nobody of another's", async () => {
    const orders = await manyPaidOrders(it.sql, 12);
    const [mine, theirs] = [orders.slice(0, 10), orders.slice(10)];
    const batchId = await file(mine);
    const otherBatch = await file(theirs);
    await apply(batchId);
    await apply(otherBatch);

    await undo(batchId, other);

    expect(await counts(batchId)).toEqual({ undone: 10 });
    expect(await parcels(orders)).toEqual([...mine.map(() => 0), 1, 1]);
    expect(await findBatch(it.shop, batchId)).toMatchObject({ status: "undone" });
    expect((await entries(batchId)).at(-1)).toEqual({
      action: "batch.undo",
      staffId: other.staffId,
      before: { rows: 10, orders: 10 },
      after: null,
    });
    expect(await refusalOf(apply(batchId))).toBe("batch_decided");
  });

  test("leaves shipped what WeChat was told already, and says so in its row", async () => {
    const orders = (await manyPaidOrders(it.sql, 3)) as [PaidOrder, PaidOrder, PaidOrder];
    const batchId = await file(orders);
    await apply(batchId);
    await it.sql`UPDATE delivery_reports SET status = 'reported', attempts = 1, reported_at = now() WHERE order_id = ${orders[1].orderId}`;

    await undo(batchId);

    expect(await verdicts(batchId)).toEqual(["undone", "delivery_reported", "undone"]);
    expect(await counts(batchId)).toEqual({ undone: 2, kept: 1 });
    expect(await parcels(orders)).toEqual([0, 1, 0]);
  });

  test("after its window is refused", async () => {
    const orders = await manyPaidOrders(it.sql, 1);
    const batchId = await file(orders);
    expect(await refusalOf(undo(batchId))).toBe("batch_decided");
    await apply(batchId);
    it.clock.now = new Date(start.getTime() + 300_000);

    expect(await refusalOf(undo(batchId))).toBe("delivery_undo_over");
    expect(await findBatch(it.shop, batchId)).toMatchObject({ status: "applied" });
  });

  test("killed in the middle and pressed again, it goes on; what was not shipped yet never is", async () => {
    const orders = await manyPaidOrders(it.sql, 45);
    const batchId = await file(orders);
    await cutAt(40);
    await expect(apply(batchId)).rejects.toThrow(/cut|Failed query/);
    await it.sql`DROP TRIGGER cut ON delivery_batch_rows`;
    await cutAt(4, "verdict = 'undone' AND OLD.verdict = 'shipped'");
    await expect(undo(batchId)).rejects.toThrow(/cut|Failed query/);
    await it.sql`DROP TRIGGER cut ON delivery_batch_rows`;

    await undo(batchId);

    expect(await counts(batchId)).toEqual({ undone: 45 });
    expect(await parcels(orders)).toEqual(orders.map(() => 0));
    expect(await refusalOf(apply(batchId))).toBe("batch_decided");
  });

  test("while it is still being applied leaves nothing shipped", async () => {
    const orders = await manyPaidOrders(it.sql, 60);
    const batchId = await file(orders);
    const applying = apply(batchId);
    while ((await counts(batchId)).shipped === undefined)
      await new Promise((resolve) => setTimeout(resolve, 1));

    await undo(batchId, other);
    await applying;

    expect(await counts(batchId)).toEqual({ undone: 60 });
    expect(await parcels(orders)).toEqual(orders.map(() => 0));
  });
});

describe("a selection", () => {
  const typed = (orderNo: string, more: { trackingNo?: string; carrier?: string; note?: string } = {}) => ({
    ...{ orderNo, carrier: "", trackingNo: aTrackingNo(), note: "", ...more },
  });

  test("ships what can be shipped as one batch, with a verdict for each", async () => {
    const orders = (await manyPaidOrders(it.sql, 3)) as [PaidOrder, PaidOrder, PaidOrder];
    const rows = [
      typed(orders[0].orderNo, { note: "放门口" }),
      typed(orders[1].orderNo, { trackingNo: "?" }),
      typed(orders[2].orderNo, { carrier: "SF" }),
    ];

    const { batchId, verdicts } = await shipSelection(it.shop, { rows, by });

    expect(verdicts).toEqual([
      { orderNo: orders[0].orderNo, verdict: "shipped" },
      { orderNo: orders[1].orderNo, verdict: "tracking_invalid" },
      { orderNo: orders[2].orderNo, verdict: "tracking_invalid" },
    ]);
    expect(await findBatch(it.shop, batchId ?? 0)).toMatchObject({
      source: "selection",
      status: "applied",
      counts: { shipped: 1, refused: 2 },
    });
    const [delivery] =
      await it.sql`SELECT note, batch_id::int AS "batchId" FROM deliveries WHERE order_id = ${orders[0].orderId}`;
    expect(delivery).toEqual({ note: "放门口", batchId });
  });

  test("of which nothing can be shipped leaves no batch behind; more than 200 are refused", async () => {
    const [order] = (await manyPaidOrders(it.sql, 1)) as [PaidOrder];
    const before = (await listBatches(it.shop, {})).batches[0]?.id;

    const { batchId } = await shipSelection(it.shop, {
      rows: [typed(order.orderNo, { trackingNo: "?" })],
      by,
    });

    expect(batchId).toBeNull();
    expect((await listBatches(it.shop, {})).batches[0]?.id).toBe(before);
    expect(
      await refusalOf(shipSelection(it.shop, { rows: Array.from({ length: 201 }, () => typed("1")), by })),
    ).toBe("malformed");
  });
});

test("drafts are forgotten after seven days, what stood in other files after ninety", async () => {
  const [one, two] = (await manyPaidOrders(it.sql, 2)) as [PaidOrder, PaidOrder];
  const applied = await file([one]);
  await apply(applied);
  const idle = await file([two]);
  const left = async (days: number) => {
    it.clock.now = new Date(start.getTime() + days * 86_400_000);
    await forgetBatches(it.shop);
    const rows = await it.sql`SELECT cells, phone_tail FROM delivery_batch_rows WHERE batch_id = ${applied}`;
    return {
      draft: (await findBatch(it.shop, idle)) !== null,
      cells: rows[0]?.cells.length,
      verdicts: await verdicts(applied),
    };
  };

  expect(await left(6.9)).toEqual({ draft: true, cells: 2, verdicts: ["shipped"] });
  expect(await left(7.1)).toEqual({ draft: false, cells: 2, verdicts: ["shipped"] });
  expect(await left(90.1)).toEqual({ draft: false, cells: 0, verdicts: ["shipped"] });
});
