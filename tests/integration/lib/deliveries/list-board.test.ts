import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BoardState, boardStates } from "@/lib/deliveries/board-filter";
import { countBoard } from "@/lib/deliveries/count-board";
import { type BoardCursor, boardPageSize, listBoard } from "@/lib/deliveries/list-board";
import type { Person } from "@/lib/staff/person";
import { aPerson, aRunningClock } from "../../../support/a-running-clock";
import { aShop } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let packer: Person;

beforeAll(async () => {
  it = await aShop();
  packer = await aPerson(it.shop, "fulfilment");
});
afterAll(() => it.close());
beforeEach(() => it.sql`UPDATE orders SET clock_ended_at = now() WHERE deliver_by IS NOT NULL`);

const all = { state: null, kind: null, person: null } as const;
const clock = (of: Parameters<typeof aRunningClock>[1] = {}) => aRunningClock(it.shop, of);
const page = async (filter: Partial<Parameters<typeof listBoard>[1]> = {}) => {
  const { orders, more } = await listBoard(it.shop, { ...all, ...filter });
  return { numbers: orders.map((order) => order.orderNo), more };
};
const numbersOf = (orders: { orderNo: string }[]) => orders.map((order) => order.orderNo);

describe("the deadline board", () => {
  test("walked to its end shows every running order once, worst first, also where deadlines are the same", async () => {
    const left = [5, -3, 40, 5, -3, 0.5];
    const made: { leftHours: number; orderId: number; orderNo: string; memberId: number }[] = [];
    for (const leftHours of left) made.push({ leftHours, ...(await clock({ leftHours })) });
    const [sample] = made;
    await it.sql`INSERT INTO orders (order_no, member_id, kind, status, goods_fen, freight_fen, total_fen, expires_at, paid_at, deliver_by, recipient)
      SELECT 'T' || n, ${sample?.memberId ?? 0}, 'physical', 'paid', 1, 0, 1, now(), now(), now() + interval '20 hours' + n / 3 * interval '1 microsecond', '{}'
      FROM generate_series(1, ${2 * boardPageSize}) n`;

    const walked: string[] = [];
    let after: BoardCursor | undefined;
    do {
      const { numbers, more } = await page({ after });
      walked.push(...numbers);
      after = more ?? undefined;
    } while (after);

    const rows =
      await it.sql`SELECT order_no FROM orders WHERE deliver_by IS NOT NULL AND clock_ended_at IS NULL ORDER BY deliver_by, id`;
    expect(walked).toEqual(rows.map((row) => row.order_no));
    expect(walked).toHaveLength(2 * boardPageSize + left.length);
    const worst = made.toSorted((a, b) => a.leftHours - b.leftHours || a.orderId - b.orderId).slice(0, 3);
    expect(walked.slice(0, 3)).toEqual(numbersOf(worst));
  });

  test("an order that leaves the board while somebody reads does not shift the next page", async () => {
    const made: Awaited<ReturnType<typeof clock>>[] = [];
    for (let n = 0; n <= boardPageSize; n++) made.push(await clock({ leftHours: 10 + n }));
    const first = await page();

    await it.sql`UPDATE orders SET clock_ended_at = now() WHERE id = ${made[0]?.orderId ?? 0}`;

    expect((await page({ after: first.more ?? undefined })).numbers).toEqual([made.at(-1)?.orderNo]);
  });

  test("what is not paid, was refunded in full or has been reported is not on it", async () => {
    await it.payableOrder();
    const [refunded, ended, running] = [await clock(), await clock(), await clock()];
    await it.sql`UPDATE orders SET status = 'closed', closed_reason = 'refunded', deliver_by = NULL WHERE id = ${refunded.orderId}`;
    await it.sql`UPDATE orders SET clock_ended_at = now() WHERE id = ${ended.orderId}`;

    expect((await page()).numbers).toEqual([running.orderNo]);
  });

  test("its words: how many pieces are left, and what the report waits for", async () => {
    const untouched = await clock({ quantity: 3, leftHours: 1 });
    await clock({ quantity: 3, shipped: 1, leftHours: 2 });
    // In WeChat's shipping service each parcel is told at once: the order's report is not due by that.
    await clock({ quantity: 2, shipped: 1, leftHours: 3, report: { status: "queued", deliverStatus: null } });
    await clock({ shipped: 1, leftHours: 4, report: { status: "queued" } });
    await clock({ shipped: 1, leftHours: 5, report: { status: "queued", attempts: 2 } });
    await clock({ shipped: 1, leftHours: 6, report: { status: "refused" } });
    await clock({ leftHours: 7, report: { status: "queued", deliverStatus: 0 } }); // Goods refunded, freight kept.
    await it.sql`UPDATE order_lines SET dropped = 1 WHERE order_id = ${untouched.orderId}`;

    const { orders } = await listBoard(it.shop, all);

    expect(orders.map((order) => order.standing)).toEqual([
      { state: "toShip" },
      { state: "partlyShipped", shipped: 1, of: 3 },
      { state: "partlyShipped", shipped: 1, of: 2 },
      { state: "waiting" },
      { state: "retrying" },
      { state: "refused" },
      { state: "waiting" },
    ]);
    expect(orders[0]).toMatchObject({ pieces: { shipped: 0, of: 2 }, goods: { lines: 1 } });
  });

  test("a report about money beside what paid the order says nothing about its goods", async () => {
    const order = await clock();
    await it.sql`WITH surplus AS (
        INSERT INTO receipts (transaction_id, out_trade_no, order_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
        SELECT transaction_id || 'S', out_trade_no, order_id, appid, mch_id, total_fen, fee_type, 'surplus', source, paid_at
          FROM receipts WHERE id = ${order.receiptId} RETURNING id, order_id)
      INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg)
        SELECT id, order_id, 'refused', 0, '该商品已退款' FROM surplus`;

    expect((await listBoard(it.shop, all)).orders[0]?.standing).toEqual({ state: "toShip" });
    expect(await countBoard(it.shop, all)).toMatchObject({ all: 1, toShip: 1, refused: 0 });
  });
});

describe("its filters", () => {
  test("each state keeps exactly its orders, and its count says how many", async () => {
    const late = await clock({ leftHours: -0.1 });
    const near = await clock({ leftHours: 14 });
    const ahead = await clock({ leftHours: 15 });
    const virtualNear = await clock({ kind: "virtual", leftHours: 4.5 });
    const virtualAhead = await clock({ kind: "virtual", leftHours: 5 });
    const waiting = await clock({ shipped: 1, leftHours: 20, report: { status: "queued" } });
    const refused = await clock({ shipped: 1, leftHours: -1, report: { status: "refused" } });
    const parcelTold = { status: "queued", deliverStatus: null } as const;
    const partly = await clock({ quantity: 2, shipped: 1, leftHours: 60, report: parcelTold });
    const toShip = [late, virtualNear, virtualAhead, near, ahead, partly];
    const wanted: Record<BoardState, { orderNo: string }[]> = {
      late: [refused, late],
      near: [virtualNear, near],
      toShip,
      waiting: [waiting],
      refused: [refused],
    };

    const counts = await countBoard(it.shop, all);

    for (const state of boardStates) {
      expect((await page({ state })).numbers, state).toEqual(numbersOf(wanted[state]));
      expect(counts[state], state).toBe(wanted[state].length);
    }
    expect(counts.all).toBe(8);
  });

  test("near follows the setting of the second level", async () => {
    const order = await clock({ leftHours: 30 });
    await it.sql`INSERT INTO settings (key, value) VALUES ('escalateSecondPercent', '50')`;

    const near = await page({ state: "near" });

    await it.sql`DELETE FROM settings`;
    expect(near.numbers).toEqual([order.orderNo]);
    expect((await page({ state: "near" })).numbers).toEqual([]);
  });

  test("kind and person keep to theirs, alone, together and with a state", async () => {
    const other = await aPerson(it.shop, "owner");
    const mine = await clock({ assignedTo: packer.staffId, leftHours: -1 });
    const mineVirtual = await clock({ kind: "virtual", assignedTo: packer.staffId });
    const theirs = await clock({ assignedTo: other.staffId });
    const nobodys = await clock();

    const kept = async (filter: Parameters<typeof page>[0]) => (await page(filter)).numbers.toSorted();
    const sorted = (...orders: { orderNo: string }[]) => numbersOf(orders).toSorted();

    expect(await kept({ person: packer.staffId })).toEqual(sorted(mine, mineVirtual));
    expect(await kept({ person: "nobody" })).toEqual(sorted(nobodys));
    expect(await kept({ kind: "physical" })).toEqual(sorted(mine, theirs, nobodys));
    expect(await kept({ kind: "virtual", person: packer.staffId })).toEqual(sorted(mineVirtual));
    expect(await kept({ person: packer.staffId, state: "late" })).toEqual(sorted(mine));
    expect(await countBoard(it.shop, { kind: null, person: packer.staffId })).toMatchObject({
      all: 2,
      late: 1,
    });
  });
});
