import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { afterQuota } from "@/lib/refunds/retry-gaps";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
  it.patience(400);
});
afterEach(() => it.sandbox.disarm());
afterAll(() => it.close());

const minute = 60_000;

describe("whatever goes wrong at a try", () => {
  /** Two of each: what was executed before its answer went wrong, and what never reached WeChat. */
  const faults = [
    ["timeout", "TIMEOUT", 1],
    ["reset", "NETWORK", 1],
    ["system-error-after", "SYSTEMERROR", 1],
    ["garbage", "UNREADABLE", 1],
    ["unsigned-answer", "UNVERIFIED", 1],
    ["forged-answer", "UNVERIFIED", 1],
    ["timeout-before", "TIMEOUT", 0],
    ["reset-before", "NETWORK", 0],
    ["bad-gateway", "HTTP_STATUS", 0],
    ["system-error", "SYSTEMERROR", 0],
  ] as const;
  test.each(faults)(
    "%s: stays open, and the next try is the same to the byte",
    async (kind, code, executed) => {
      const order = await it.aPaidOrder();
      const refundNo = await it.approved(order, 300);
      await it.sandbox.fault({ call: "refund", kind, outTradeNo: refundNo });

      await it.send(refundNo);
      const afterFirst = await it.row(refundNo);
      const ledger = await it.sandbox.refunds(order.outTradeNo);
      await it.advance(minute + 1000);
      await it.send(refundNo);

      expect(afterFirst).toMatchObject({ status: "sending", attempts: 1, errorCode: code, refundId: null });
      expect(ledger).toHaveLength(executed);
      expect(await it.row(refundNo)).toMatchObject({ status: "accepted", attempts: 2, errorCode: null });
      const [first, second] = it.tries(refundNo);
      expect(second).toBe(first);
      expect(await it.sandbox.refunds(order.outTradeNo)).toMatchObject([
        { outRefundNo: refundNo, refundFen: 300, executed: 1, asked: 2 },
      ]);
    },
  );

  test("tries come after 1, 2, 5, 15 and 30 minutes, then hourly, and a person is told after five", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    await it.sandbox.fault({ call: "refund", kind: "system-error", outTradeNo: refundNo, times: 20 });

    const gaps: (number | null)[] = [];
    const alarms: string[][] = [];
    for (let n = 0; n < 8; n++) {
      await it.send(refundNo);
      const gap = await it.nextRunInMs(refundNo, "send_refund");
      expect((await it.row(refundNo)).nextTryInMs).toBe(gap);
      gaps.push(gap);
      alarms.push(await it.alarms(refundNo));
      await it.advance(gap ?? 0);
    }

    expect(gaps).toEqual([61_000, ...[2, 5, 15, 30, 60, 60, 60].map((minutes) => minutes * minute)]);
    expect(alarms.map((kinds) => kinds.join())).toEqual(["", "", "", "", ...Array(4).fill("refund_stuck")]);
    expect(new Set(it.tries(refundNo)).size).toBe(1);
    await it.sandbox.disarm();
    await it.send(refundNo);
    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["accepted", []]);
  });

  test("a job that comes too early sends nothing and is there again in time", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    await it.sandbox.fault({ call: "refund", kind: "system-error", outTradeNo: refundNo, times: 9 });
    await it.send(refundNo);

    await it.advance(minute / 2);
    await it.send(refundNo);
    await it.send(refundNo);

    expect(it.tries(refundNo)).toHaveLength(1);
    expect(await it.nextRunInMs(refundNo, "send_refund")).toBe(31_000);
  });

  test("ten jobs at once make one try", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());

    await Promise.all(Array.from({ length: 10 }, () => it.send(refundNo)));

    expect(it.tries(refundNo)).toHaveLength(1);
    expect(await it.sandbox.refund(refundNo)).toMatchObject({ executed: 1 });
    expect(await it.status(refundNo)).toBe("accepted");
  });

  test("a try that was killed before its answer was stored is repeated with the same bytes", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    await it.send(refundNo);
    // As the database is after a kill: the answer came, and nobody wrote it down.
    await it.sql`UPDATE refunds SET status = 'sending', refund_id = NULL, accepted_at = NULL WHERE out_refund_no = ${refundNo}`;

    await it.advance(minute + 1000);
    await it.send(refundNo);

    expect(it.tries(refundNo)[1]).toBe(it.tries(refundNo)[0]);
    expect(await it.sandbox.refund(refundNo)).toMatchObject({ executed: 1, asked: 2 });
    expect(await it.status(refundNo)).toBe("accepted");
  });
});

describe("what WeChat's own codes ask for", () => {
  const refuse = (refundNo: string, code: string, text = "如此", times = 1) =>
    it.sandbox.fault({ call: "refund", kind: "error", outTradeNo: refundNo, times, options: { code, text } });

  test("FREQUENCY_LIMITED: never sooner than five minutes", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    await it.sandbox.fault({ call: "refund", kind: "frequency-limited", outTradeNo: refundNo });

    await it.send(refundNo);

    expect(await it.row(refundNo)).toMatchObject({ status: "sending", errorCode: "FREQUENCY_LIMITED" });
    expect(await it.nextRunInMs(refundNo, "send_refund")).toBe(5 * minute);
  });

  test("a day's quota: after midnight in Beijing, and a person is told", async () => {
    const refundNo = await it.approved(await it.aPaidOrder());
    await refuse(refundNo, "ERROR", "今日退款金额已达上限");

    await it.send(refundNo);

    const next = new Date(it.clock.now.getTime() + ((await it.nextRunInMs(refundNo, "send_refund")) ?? 0));
    expect(next).toEqual(afterQuota(it.clock.now));
    expect(next.toISOString()).toMatch(/T16:05:00/); // 00:05 in Beijing.
    expect(await it.alarms(refundNo)).toEqual(["refund_stuck"]);
  });

  test("NOTENOUGH: stays open with an alarm, and goes through once there is money", async () => {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order);
    await it.sandbox.purse({ unsettledFen: 0 });

    await it.send(refundNo);
    const short = [await it.row(refundNo), await it.alarms(refundNo)];
    await it.sandbox.purse({ unsettledFen: 10_000_000 });
    await it.advance(minute + 1000);
    await it.send(refundNo);

    expect(short).toMatchObject([{ status: "sending", errorCode: "NOTENOUGH" }, ["refund_not_enough"]]);
    expect([await it.status(refundNo), await it.alarms(refundNo)]).toEqual(["accepted", []]);
    expect(new Set(it.tries(refundNo)).size).toBe(1);
  });

  test.each(["ERROR", "INVALID_REQUEST", "INVALID_TRANSACTIONID", "NOAUTH", "NEW_CODE_OF_2031"])(
    "%s is for a person: an alarm, and no try before tomorrow",
    async (code) => {
      const refundNo = await it.approved(await it.aPaidOrder());
      await refuse(refundNo, code, "订单金额或退款金额有误");

      await it.send(refundNo);

      expect(await it.row(refundNo)).toMatchObject({ status: "sending", errorCode: code });
      expect(await it.alarms(refundNo)).toEqual(["refund_refused"]);
      expect(await it.nextRunInMs(refundNo, "send_refund")).toBe(24 * 60 * minute);
    },
  );

  test("more than what is left at WeChat, because the portal paid: its refund becomes a row, ours waits for a person", async () => {
    const order = await it.aPaidOrder({ priceFen: 1000 });
    const refundNo = await it.approved(order);
    await it.sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 600, drops: 16 });

    await it.send(refundNo);

    expect(await it.row(refundNo)).toMatchObject({ status: "sending", errorCode: "ERROR" });
    const [job] =
      await it.sql`SELECT task_identifier AS task FROM graphile_worker.jobs WHERE task_identifier = 'find_refunds'`;
    expect(job).toEqual({ task: "find_refunds" });
  });
});

describe("refunds of one payment", () => {
  test("go one after the other, at least 61 s apart, whoever is first", async () => {
    const order = await it.aPaidOrder({ priceFen: 1000 });
    const [first, second] = [await it.approved(order, 300), await it.approved(order, 200)];

    await Promise.all([it.send(first), it.send(second)]);
    const sent = [it.tries(first).length, it.tries(second).length].sort();
    const later = it.tries(first).length ? second : first;
    const waits = await it.nextRunInMs(later, "send_refund");
    await it.advance(60_000);
    await it.send(later);
    const tooEarly = it.tries(later).length;
    await it.advance(1000);
    await it.send(later);

    expect([sent, waits, tooEarly]).toEqual([[0, 1], 61_000, 0]);
    expect(await it.sandbox.refunds(order.outTradeNo)).toHaveLength(2);
  });

  test("one that WeChat does not answer holds up the next", async () => {
    const order = await it.aPaidOrder({ priceFen: 1000 });
    const [first, second] = [await it.approved(order, 300), await it.approved(order, 200)];
    await it.sandbox.fault({ call: "refund", kind: "system-error", outTradeNo: first, times: 3 });
    await it.send(first);

    await it.advance(10 * minute);
    await it.send(second);
    const heldUp = [it.tries(second).length, await it.status(second)];
    await it.sandbox.disarm();
    await it.send(first);
    await it.advance(2 * minute);
    await it.send(second);

    expect(heldUp).toEqual([0, "approved"]);
    expect([await it.status(first), await it.status(second)]).toEqual(["accepted", "accepted"]);
  });

  test("two payments' refunds do not wait for each other", async () => {
    const refundNos = [await it.approved(await it.aPaidOrder()), await it.approved(await it.aPaidOrder())];

    for (const refundNo of refundNos) await it.send(refundNo);

    for (const refundNo of refundNos) expect(await it.status(refundNo)).toBe("accepted");
  });
});

test("what WeChat is sent: the payment's own appid and total, the amount, one number, our words and our address", async () => {
  const order = await it.aPaidOrder({ priceFen: 1000 });
  const refundNo = await it.accepted(order, 400);

  const { appId, mchId, signType } = it.shop.environment.wechat;
  expect((await it.row(refundNo)).request).toEqual({
    appid: appId,
    mch_id: mchId,
    nonce_str: expect.stringMatching(/^\w{32}$/),
    sign_type: signType,
    transaction_id: order.transactionId,
    out_refund_no: refundNo,
    total_fee: "1000",
    refund_fee: "400",
    refund_desc: "不想要了",
    notify_url: `${it.shop.environment.siteUrl}/api/notify/refund`,
  });
});
