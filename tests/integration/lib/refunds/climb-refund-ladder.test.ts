import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { askWechat } from "@/lib/refunds/ask-wechat";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

const minute = 60_000;
const hour = 60 * minute;
const unknownThere = (refundNo: string, times = 1) =>
  it.sandbox.fault({
    call: "refundquery",
    kind: "error",
    outTradeNo: refundNo,
    times,
    options: { code: "REFUNDNOTEXIST" },
  });

test("WeChat is asked after 1, 5 and 30 minutes, hourly for three days, then daily, until it has ended", async () => {
  const refundNo = await it.accepted(await it.aPaidOrder());
  const asked: number[] = [];
  let at = 0;
  for (let n = 0; n < 80; n++) {
    const gap = await it.nextRunInMs(refundNo, "query_refund");
    at += gap ?? Number.NaN;
    asked.push(at);
    if (n < 4 || n > 74) {
      await it.advance(gap ?? 0);
      await it.climb(refundNo);
    } else {
      // The clock's way is the same in between; WeChat need not be asked seventy times to see it.
      const [row] = await it.sql`SELECT accepted_at FROM refunds WHERE out_refund_no = ${refundNo}`;
      it.clock.now = new Date(new Date(row?.accepted_at).getTime() + at);
      await it.sandbox.fault({ call: "refundquery", kind: "system-error", outTradeNo: refundNo });
      await it.climb(refundNo);
    }
  }

  const hours = Array.from({ length: 72 }, (_, n) => (n + 1) * hour);
  const days = [4, 5, 6, 7, 8].map((day) => day * 24 * hour);
  expect(asked).toEqual([minute, 5 * minute, 30 * minute, ...hours, ...days]);
}, 60_000);

test("once it has ended nobody asks any more", async () => {
  const refundNo = await it.accepted(await it.aPaidOrder());
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", drops: 16 });
  await it.climb(refundNo);
  const asked = (await it.sandbox.calls({ outRefundNo: refundNo, call: "refundquery" })).length;

  await it.advance(hour);
  await it.climb(refundNo);

  expect(await it.status(refundNo)).toBe("succeeded");
  expect((await it.sandbox.calls({ outRefundNo: refundNo, call: "refundquery" })).length).toBe(asked);
});

test("an answer that says nothing concludes nothing; the next rung stands already", async () => {
  const refundNo = await it.accepted(await it.aPaidOrder());
  const before = await it.row(refundNo);
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", drops: 16 });

  for (const kind of ["system-error", "garbage", "forged-answer", "reset", "stale"] as const) {
    await it.sandbox.fault({ call: "refundquery", kind, outTradeNo: refundNo });
    await it.climb(refundNo);
    expect(await it.row(refundNo), kind).toMatchObject({ status: "accepted", refundId: before.refundId });
    expect(await it.nextRunInMs(refundNo, "query_refund")).toBeGreaterThan(0);
  }
  await it.climb(refundNo);

  expect(await it.status(refundNo)).toBe("succeeded");
});

test("accepted, and soon after not known to WeChat: nothing is sent before five minutes", async () => {
  const refundNo = await it.accepted(await it.aPaidOrder());
  await unknownThere(refundNo);

  await it.advance(minute);
  await it.climb(refundNo);

  expect(await it.status(refundNo)).toBe("accepted");
});

test("accepted, and not known to WeChat: the same request once more, and what it is now is followed from the start", async () => {
  const order = await it.aPaidOrder();
  const refundNo = await it.approved(order);
  // WeChat lost it: our row says accepted, its ledger has nothing, and it makes another refund_id the next time.
  await it.sandbox.fault({ call: "refund", kind: "timeout-before", outTradeNo: refundNo });
  it.patience(300);
  await it.send(refundNo);
  it.patience();
  await it.sql`UPDATE refunds SET status = 'accepted', refund_id = '50390000001111111111111111', accepted_at = ${it.clock.now.toISOString()}
    WHERE out_refund_no = ${refundNo}`;

  await it.advance(5 * minute);
  await it.climb(refundNo);
  const resent = [await it.status(refundNo), await it.alarms(refundNo)];
  await it.send(refundNo);
  const again = await it.row(refundNo);

  expect(resent).toEqual(["sending", ["refund_stuck"]]);
  expect(again).toMatchObject({
    status: "accepted",
    refundId: (await it.sandbox.refund(refundNo))?.refundId,
  });
  expect(new Date(again.acceptedAt)).toEqual(it.clock.now);
  expect(await it.nextRunInMs(refundNo, "query_refund")).toBe(minute);
  expect(new Set(it.tries(refundNo)).size).toBe(1);
  expect(await it.sandbox.refunds(order.outTradeNo)).toMatchObject([{ outRefundNo: refundNo, executed: 1 }]);
  expect(await it.alarms(refundNo)).toEqual([]);
});

test("believed lost while it was not: the repeat is the same refund", async () => {
  const order = await it.aPaidOrder();
  const refundNo = await it.accepted(order);
  await unknownThere(refundNo);
  await it.advance(5 * minute);
  await it.climb(refundNo);

  await it.send(refundNo);

  expect(await it.status(refundNo)).toBe("accepted");
  expect(await it.sandbox.refunds(order.outTradeNo)).toMatchObject([{ executed: 1, asked: 2 }]);
});

test("an abnormal one is never sent again", async () => {
  const refundNo = await it.accepted(await it.aPaidOrder());
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "CHANGE" });
  await unknownThere(refundNo);

  await it.advance(hour);
  await it.climb(refundNo);

  expect(await it.status(refundNo)).toBe("abnormal");
});

test("a person may ask at any time, at most every five seconds", async () => {
  const refundNo = await it.accepted(await it.aPaidOrder());
  await it.sandbox.settleRefund({ outRefundNo: refundNo, status: "SUCCESS", drops: 16 });

  const first = await askWechat(it.shop, { refundNo });

  expect([first, await it.status(refundNo)]).toEqual(["known", "succeeded"]);
  await expect(askWechat(it.shop, { refundNo })).rejects.toMatchObject({ code: "too_many_requests" });
  await expect(askWechat(it.shop, { refundNo: "NOSUCH" })).rejects.toMatchObject({ code: "not_found" });
});
