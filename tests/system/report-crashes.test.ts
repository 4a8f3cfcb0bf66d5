import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "@/tests/support/a-refund-shop-to-kill";
import { aReportShopToKill, type Channel, type PaidOrder } from "@/tests/support/a-report-shop-to-kill";
import type { Stall } from "@/tests/support/tcp-proxy";

/**
 * The worker is SIGKILLed around the call that tells WeChat of a delivery, while a proxy makes one message to or from
 * PostgreSQL stand still, or while WeChat does not answer; then another one starts.
 */
let it: Awaited<ReturnType<typeof aReportShopToKill>>;
beforeAll(async () => {
  it = await aReportShopToKill();
});
afterAll(() => it?.stop());

type Point = {
  at: string;
  channel: Channel;
  /** Made ready before the goods leave. What it answers waits until the worker stands there. */
  ready: (order: PaidOrder) => Promise<() => Promise<void>>;
  leaves: { status: string; attempts: number; calls: number; told: number };
  copies: number;
};

const points: Point[] = [
  {
    at: "with all committed and WeChat not asked",
    channel: "delivernotify",
    ready: standing(() => it.proxy.stallAnswer(/^commit/i, { after: /"last_tried_at" = / })),
    leaves: { status: "queued", attempts: 1, calls: 0, told: 0 },
    copies: 1,
  },
  {
    at: "after WeChat executed, before it answers",
    channel: "delivernotify",
    ready: (order) => withSilentWechat(order, "delivernotify"),
    leaves: { status: "queued", attempts: 1, calls: 0, told: 1 },
    copies: 2,
  },
  {
    at: "with the answer heard and nothing stored",
    channel: "delivernotify",
    ready: standing(() => it.proxy.stallStatement(/insert into "wechat_calls"/)),
    leaves: { status: "queued", attempts: 1, calls: 0, told: 1 },
    copies: 2,
  },
  {
    at: "accepted, before it hears of the commit",
    channel: "delivernotify",
    ready: standing(() => it.proxy.stallAnswer(/^commit/i, { after: /resolve_alarms_of_order/ })),
    leaves: { status: "reported", attempts: 1, calls: 1, told: 1 },
    copies: 1,
  },
];

describe("the worker is killed telling WeChat of a delivery", () => {
  test.for(points)("$at: one report in WeChat's ledger", async ({ channel, ready, leaves, copies }) => {
    const order = await killedAt({ channel, ready, leaves });

    await it.startWorkerLater(channel);

    expect(await it.whatCameOf(order)).toEqual({
      reports: [`1 ok ×${copies}`],
      uploads: 0,
      moves: ["report"],
      clockEnded: true,
      failed: [],
    });
  });
});

test("the worker is killed after WeChat took its shipping info, before it answers: one upload", async () => {
  await it.stopWorker();
  const channel = "shipping-info";
  const order = await killedAt({
    channel,
    ready: (order) => withSilentWechat(order, "upload_shipping_info"),
    leaves: { status: "queued", attempts: 1, calls: 0, told: 1 },
  });

  await it.startWorkerLater(channel);

  expect(await it.whatCameOf(order)).toMatchObject({
    reports: [],
    uploads: 1,
    moves: ["report"],
    clockEnded: true,
    failed: [],
  });
});

/** A paid order whose goods leave, and the worker that dies telling of it there. */
async function killedAt({
  channel,
  ready,
  leaves,
}: Pick<Point, "channel" | "ready" | "leaves">): Promise<PaidOrder> {
  await it.aliveWorker(channel);
  const order = await it.anOrder();
  const stands = await ready(order);
  await it.ship(order);
  await stands();

  await it.killWorker();

  await it.reaches(order, leaves.status);
  expect(await it.whatIsLeft(order)).toEqual(leaves);
  return order;
}

function standing(put: () => Stall) {
  return async () => {
    const { reached } = put();
    return () => reached;
  };
}

async function withSilentWechat(order: PaidOrder, call: "delivernotify" | "upload_shipping_info") {
  await it.sandbox.fault({ call, kind: "timeout", outTradeNo: order.outTradeNo });
  return () => until(async () => (await it.whatIsLeft(order)).told === 1);
}
