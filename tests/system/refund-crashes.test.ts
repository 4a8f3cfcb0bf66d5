import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  aRefundShopToKill,
  type Left,
  type Numbers,
  type RefundShopToKill,
  until,
} from "@/tests/support/a-refund-shop-to-kill";
import { waiters } from "@/tests/support/gate";
import { anOrderPaidTwice, type PaidOrder, type Refund } from "@/tests/support/refund-at-wechat";
import { askRefund } from "@/tests/support/refund-calls";
import { startRefundProcess } from "@/tests/support/refund-process";
import { letTimePass } from "@/tests/support/refund-time";
import { isAllDone, whatCameOf } from "@/tests/support/refunded-once";
import type { Stall } from "@/tests/support/tcp-proxy";

/**
 * Processes are SIGKILLed while a proxy, which the product knows nothing of, makes one message to or from PostgreSQL
 * stand still, or while WeChat does not answer; then they are started again.
 */
let it: RefundShopToKill;
beforeAll(async () => {
  it = await aRefundShopToKill();
});
afterAll(() => it?.stop());

describe("the worker is killed sending a refund", () => {
  const points: {
    at: string;
    /** Made ready before the refund is approved. What it answers waits until the worker stands there. */
    ready: (refund: Refund) => Promise<() => Promise<LetGo>>;
    leaves: Left;
    asked: number;
  }[] = [
    {
      at: "with all committed and WeChat not asked",
      ready: standing(() => it.proxy.stallAnswer(/^commit/i, { after: /attempts = / })),
      leaves: { status: "sending", attempts: 1, calls: 0, executed: 0 },
      asked: 1,
    },
    {
      at: "after WeChat executed, before it answers",
      ready: withSilentWechat,
      leaves: { status: "sending", attempts: 1, calls: 0, executed: 1 },
      asked: 2,
    },
    {
      at: "with the answer heard and nothing stored",
      ready: standing(() => it.proxy.stallStatement(/insert into "wechat_calls"/)),
      leaves: { status: "sending", attempts: 1, calls: 0, executed: 1 },
      asked: 2,
    },
    {
      at: "before the settling statement arrives",
      ready: standing(() => it.proxy.stallStatement(/settle_refund/)),
      leaves: { status: "sending", attempts: 1, calls: 1, executed: 1 },
      asked: 2,
    },
    {
      at: "within the settling statement",
      ready: insideSettling,
      leaves: { status: "accepted", attempts: 1, calls: 1, executed: 1 },
      asked: 1,
    },
    {
      at: "accepted, before it hears of the commit",
      ready: standing(() => it.proxy.stallAnswer(/settle_refund/)),
      leaves: { status: "accepted", attempts: 1, calls: 1, executed: 1 },
      asked: 1,
    },
  ];

  test.for(points)("$at: one refund under one number", async ({ ready, leaves, asked }) => {
    await it.aliveWorker();
    const refund = await it.anAskedRefund();
    const stands = await ready(refund);
    await it.approve(refund);
    const letGo = await stands();

    await it.killWorker();

    await letGo();
    await it.reaches(refund, leaves.status);
    expect(await it.whatIsLeft(refund)).toEqual(leaves);
    await it.startWorkerLater(2 * 60);
    await payBack(refund);
    await expectRefundedOnce(refund, { asked });
  });
});

describe("the worker is killed asking what became of a refund", () => {
  const points: { at: string; stall: () => Stall }[] = [
    {
      at: "before it asks for the first time",
      stall: () => it.proxy.stallStatement(/update "refunds" set "queried_at"/),
    },
    { at: "with WeChat's answer in its hand", stall: () => it.proxy.stallStatement(/settle_refund/) },
    { at: "settled, before it hears of the commit", stall: () => it.proxy.stallAnswer(/settle_refund/) },
  ];

  test.for(points)("$at: the ladder goes on", async ({ stall }) => {
    await it.aliveWorker();
    const refund = await it.anAskedRefund();
    await it.approve(refund);
    await payBack(refund, { drops: 16 }); // No notification ever comes.
    const stalled = stall();
    await letTimePass(it.shop.sql, 61);
    await stalled.reached;

    await it.killWorker();

    await it.startWorkerLater(5 * 60); // The next rung stood before WeChat was asked.
    await expectRefundedOnce(refund, { asked: 1 });
  });
});

test("the worker is killed with a surplus turned into a refund and still queued: it goes back once", async () => {
  await it.aliveWorker();
  const stalled = it.proxy.stallAnswer(/^commit/i, { after: /insert into "refunds"/ });
  const order = await anOrderPaidTwice(it.running, it.sku);
  await stalled.reached;

  await it.killWorker();

  const [made] = await it.shop.sql`
    SELECT f.out_refund_no FROM refunds f JOIN receipts r ON r.id = f.receipt_id WHERE r.out_trade_no = ${order.outTradeNo}`;
  const refund = { refundNo: String(made?.out_refund_no), order };
  await it.startWorkerLater(0);
  await payBack(refund);
  await expectRefundedOnce(refund, { asked: 1, fen: order.totalFen, audit: "" });
});

describe("the app is killed taking a request", () => {
  const written = { after: /insert into "refunds"/ };
  const points = [
    { at: "before the commit", stall: () => it.proxy.stallStatement(/^commit/i, written), leaves: 0 },
    { at: "after the commit", stall: () => it.proxy.stallAnswer(/^commit/i, written), leaves: 1 },
  ];

  test.for(points)("$at: asked again it is one refund", async ({ stall, leaves }) => {
    const order = await it.anOrder();
    const request = { refundFen: it.refundFen, key: order.orderNo };
    const stalled = stall();
    const lost = askRefund(it.app().url, order, request).catch(() => "lost");
    await stalled.reached;

    await it.app().kill();

    expect(await lost).toBe("lost");
    expect(await numbersOf(order)).toHaveLength(leaves);
    await it.startAppAgain();
    const { outcome, refundNo } = await askRefund(it.app().url, order, request);
    expect(outcome).toBe("201");
    expect(await numbersOf(order)).toEqual([refundNo]);
    await it.aliveWorker();
    const refund = { refundNo, order };
    await it.approve(refund);
    await payBack(refund);
    await expectRefundedOnce(refund, { asked: 1 });
  });
});

describe("the app is killed hearing how a refund ended", () => {
  const points = [
    { at: "before it is settled", stall: () => it.proxy.stallStatement(/settle_refund/), leaves: "accepted" },
    { at: "after the commit", stall: () => it.proxy.stallAnswer(/settle_refund/), leaves: "succeeded" },
  ];

  test.for(points)("$at: WeChat comes again", async ({ stall, leaves }) => {
    await it.aliveWorker();
    const refund = await it.anAskedRefund();
    await it.approve(refund);
    await it.reaches(refund, "accepted");
    const stalled = stall();
    await payBack(refund, { wait: false });
    await stalled.reached;

    await it.app().kill();

    expect(await it.whatIsLeft(refund)).toMatchObject({ status: leaves });
    await it.startAppAgain();
    await expectHeard(refund);
    await expectRefundedOnce(refund, { asked: 1 });
  });
});

describe("the process of one of the staff is killed approving", () => {
  const written = { after: /insert into "audit_entries"/ };
  const decided = "409 refund_decided";
  const points = [
    { at: "before the commit", stall: () => it.proxy.stallStatement(/^commit/i, written), again: "approved" },
    { at: "after the commit", stall: () => it.proxy.stallAnswer(/^commit/i, written), again: decided },
  ];

  test.for(points)("$at: approved again, it is approved once", async ({ stall, again }) => {
    await it.aliveWorker();
    const refund = await it.anAskedRefund();
    const call = { verb: "approve", of: { refundNo: refund.refundNo, by: it.by } } as const;
    const desk = await startRefundProcess(it.running, { name: "desk", databaseUrl: it.proxy.url });
    const stalled = stall();
    const lost = desk.call(call).catch(() => "lost");
    await stalled.reached;

    await desk.kill();

    expect(await lost).toBe("lost");
    const other = await startRefundProcess(it.running, { name: "other-desk" });
    expect(await other.call(call)).toBe(again);
    await other.stop();
    await payBack(refund);
    await expectRefundedOnce(refund, { asked: 1 });
  });
});

type LetGo = () => Promise<void>; // What goes on once the worker is dead.

function standing(put: () => Stall) {
  return async () => {
    const { reached } = put();
    return () => reached.then(() => async () => {});
  };
}

async function withSilentWechat({ refundNo }: Refund) {
  await it.sandbox.fault({ call: "refund", kind: "timeout", outTradeNo: refundNo });
  return async () => {
    await until(async () => (await it.sandbox.refund(refundNo)) !== null);
    return async () => {};
  };
}

/** The settling statement waits for the order's row inside the server, which runs it to its end whoever has died. */
async function insideSettling({ order }: Refund) {
  const { reached, letGo } = it.proxy.stallStatement(/settle_refund/);
  return async () => {
    await reached;
    const gate = await it.shop.sql.reserve();
    await gate`BEGIN`;
    const [held] = await gate<{ pid: number }[]>`
      SELECT pg_backend_pid() AS pid FROM orders WHERE order_no = ${order.orderNo} FOR NO KEY UPDATE`;
    letGo();
    expect(await waiters(it.shop.sql, { behind: held?.pid ?? 0, wanted: 1 })).toEqual(["worker"]);
    return async () => {
      await gate`COMMIT`;
      gate.release();
    };
  };
}

/** Whatever was asked back of an order. */
async function numbersOf({ orderNo }: PaidOrder): Promise<string[]> {
  const rows = await it.shop.sql<{ refundNo: string }[]>`
    SELECT out_refund_no AS "refundNo" FROM refunds f JOIN orders o ON o.id = f.order_id WHERE o.order_no = ${orderNo}`;
  return rows.map(({ refundNo }) => refundNo);
}

/** Once WeChat has accepted the refund, the money goes back. */
async function payBack(
  { refundNo, order }: Numbers,
  message: { drops?: number; wait?: false } = {},
): Promise<void> {
  await it.reaches({ refundNo, order }, "accepted");
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", ...message });
}

/** WeChat's own retry has been accepted, and what it brought is one message here. */
async function expectHeard({ order: { outTradeNo } }: Refund): Promise<void> {
  const sent = async () =>
    (await it.sandbox.order(outTradeNo)).notifications.find(({ kind }) => kind === "refund");
  await it.sandbox.clock({ factor: 1_000 }); // The 15 s until it comes again are over now.
  await until(async () => (await sent())?.status === "accepted");
  await it.sandbox.clock({ factor: 1 });
  expect((await sent())?.tries).toBeGreaterThan(1);
  const stored = await it.shop.sql`
    SELECT verdict FROM notifications WHERE kind = 'refund' AND out_trade_no = ${outTradeNo}`;
  expect([...stored]).toEqual([{ verdict: "applied" }]);
}

/**
 * WeChat's ledger has paid back once, under our number; our row has made each move once; and hours later, when all
 * that was queued has run, that is still so.
 */
async function expectRefundedOnce(
  refund: Numbers,
  { asked, fen = it.refundFen, audit = "refund.approve" }: { asked: number; fen?: number; audit?: string },
): Promise<void> {
  const { sql } = it.shop;
  await it.reaches(refund, "succeeded");
  await until(async () => {
    await letTimePass(sql, 3600);
    return isAllDone(sql);
  });
  expect(await whatCameOf({ sql, sandbox: it.sandbox }, refund)).toEqual({
    ledger: [{ number: refund.refundNo, fen, status: "SUCCESS", executed: 1, asked }],
    numbersAsked: [refund.refundNo],
    histories: [{ status: "succeeded", moves: "request approve send accept succeed", audit, sends: 0 }],
    overdrawn: [],
    failed: [],
  });
}
