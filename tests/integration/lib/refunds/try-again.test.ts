import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkCertificate } from "@/lib/refunds/check-certificate";
import { purses, tryAgain } from "@/lib/refunds/try-again";
import { createMerchant } from "@/lib/wechat/merchant";
import { aRefundShop, type RefundShop } from "@/tests/support/a-refund-shop";
import { runDueJobs } from "@/tests/support/run-due-jobs";

let it: RefundShop;
beforeAll(async () => {
  it = await aRefundShop();
});
beforeEach(async () => {
  await it.sql`TRUNCATE alarms CASCADE`;
  await it.sandbox.purse({ unsettledFen: 1_000_000, rechargeFen: 0 });
});
afterEach(async () => {
  await it.sandbox.disarm();
  await it.resetSettings();
});
afterAll(() => it.close());

const minute = 60_000;
const again = (refundNo: string, purse?: (typeof purses)[number]) =>
  tryAgain(it.shop, { refundNo, by: it.boss, purse });
const [unsettled, recharge] = purses;

describe("with the other purse", () => {
  async function short() {
    const order = await it.aPaidOrder();
    const refundNo = await it.approved(order);
    await it.sandbox.purse({ unsettledFen: 0, rechargeFen: 1_000_000 });
    await it.send(refundNo);
    return { order, refundNo };
  }
  const work = async (refundNo: string) => {
    const [job] =
      await it.sql`SELECT payload FROM graphile_worker._private_jobs WHERE key = ${`send_refund:${await it.idOf(refundNo)}`}`;
    await it.send(refundNo, { force: job?.payload.force === true });
  };

  test("the same number is executed once, from that purse", async () => {
    const { order, refundNo } = await short();

    await again(refundNo, recharge);
    await it.advance(61_000);
    await work(refundNo);

    expect(await it.row(refundNo)).toMatchObject({ status: "accepted", refundAccount: recharge });
    expect(await it.sandbox.refunds(order.outTradeNo)).toMatchObject([
      { outRefundNo: refundNo, account: recharge, executed: 1, asked: 2 },
    ]);
    const [first, second] = it.tries(refundNo);
    expect(second).not.toBe(first);
    expect(second).toContain(`<refund_account><![CDATA[${recharge}]]></refund_account>`);
  });

  test("only where WeChat has just said that this one is empty", async () => {
    const waiting = await it.approved(await it.aPaidOrder());
    await expect(again(waiting, recharge)).rejects.toMatchObject({ code: "purse_not_changeable" });

    const { refundNo } = await short();
    it.patience(300);
    await it.sandbox.purse({ unsettledFen: 1_000_000 });
    await it.sandbox.fault({ call: "refund", kind: "timeout", outTradeNo: refundNo });
    await it.advance(61_000);
    await it.send(refundNo); // Executed, and nobody knows.
    it.patience();
    await expect(again(refundNo, recharge)).rejects.toMatchObject({ code: "purse_not_changeable" });

    await it.advance(2 * minute);
    await it.send(refundNo);
    expect(await it.row(refundNo)).toMatchObject({ status: "accepted", refundAccount: null });
    expect(await it.sandbox.refund(refundNo)).toMatchObject({ account: unsettled, executed: 1 });
  });

  test("pressed over and over it is one try, a minute after the one before", async () => {
    const { refundNo } = await short();

    for (let n = 0; n < 5; n++) {
      await again(refundNo);
      await work(refundNo);
    }
    const early = it.tries(refundNo).length;
    await it.advance(61_000);
    await work(refundNo);

    expect([early, it.tries(refundNo).length]).toEqual([1, 2]);
  });
});

test("only what waits to be sent is sent again", async () => {
  const order = await it.aPaidOrder();
  const requested = await it.asked(order, 100);
  const accepted = await it.accepted(order, 200);

  for (const refundNo of [requested, accepted])
    await expect(again(refundNo)).rejects.toMatchObject({ code: "refund_not_sending" });
  await expect(again("NOSUCH")).rejects.toMatchObject({ code: "not_found" });
});

test("nobody sends what can still be taken back", async () => {
  await it.set("refundUndoSeconds", 60);
  const refundNo = await it.approved(await it.aPaidOrder());

  await expect(again(refundNo)).rejects.toMatchObject({ code: "refund_not_sending" });
  await it.send(refundNo, { force: true });
  const early = it.tries(refundNo).length;
  await it.advance(60_000);
  await it.send(refundNo);

  expect([early, await it.status(refundNo)]).toEqual([0, "accepted"]);
});

describe("the certificate", () => {
  const trouble = async () =>
    (await it.sql`SELECT status, count FROM alarms WHERE dedupe_key = 'certificate_trouble'`).map(
      ({ status, count }) => `${status} ${count}`,
    );
  /** The alarm is dated by the database's clock, the shop's is turned: as if they had gone together. */
  const raisedNow = () =>
    it.sql`UPDATE alarms SET last_raised_at = ${it.clock.now.toISOString()} WHERE dedupe_key = 'certificate_trouble'`;
  async function refusedOnce() {
    const refundNo = await it.approved(await it.aPaidOrder());
    await it.sandbox.fault({ call: "refund", kind: "cert-error", outTradeNo: refundNo });
    await it.send(refundNo);
    await raisedNow();
    return refundNo;
  }

  test("missing: nothing leaves, one alarm for all, and nothing is lost", async () => {
    const refundNos = [await it.approved(await it.aPaidOrder()), await it.approved(await it.aPaidOrder())];
    const own = it.shop.merchant;
    it.shop.merchant = createMerchant({ ...it.shop.environment.wechat, certFile: null, keyFile: null });

    for (const refundNo of refundNos) await it.send(refundNo, { force: true });
    const broken = [
      await it.status(String(refundNos[0])),
      await it.status(String(refundNos[1])),
      await trouble(),
    ];
    await it.shop.merchant.transport.close();
    it.shop.merchant = own;
    await it.advance(16 * minute);
    for (const refundNo of refundNos) await it.send(refundNo);

    expect(broken).toEqual(["sending", "sending", ["open 2"]]);
    for (const refundNo of refundNos) expect(await it.status(refundNo)).toBe("accepted");
    expect(await trouble()).toEqual(["resolved 2"]);
  });

  test("refused: the others wait, one try in a while finds out, and then all go on by themselves", async () => {
    const refused = await refusedOnce();
    const other = await it.approved(await it.aPaidOrder());

    await it.send(other);
    const paused = [
      await it.status(other),
      it.tries(other).length,
      await it.nextRunInMs(other, "send_refund"),
    ];
    await it.advance(15 * minute);
    await it.send(refused);
    await it.send(other);

    expect(paused).toEqual(["approved", 0, 15 * minute]);
    expect([await it.status(refused), await it.status(other)]).toEqual(["accepted", "accepted"]);
    expect(await trouble()).toEqual(["resolved 1"]);
  });

  test("a person need not wait: what is tried again goes out now, also a minute later", async () => {
    const refused = await refusedOnce();
    const other = await it.approved(await it.aPaidOrder());
    await again(other);
    await again(refused); // Too early by a minute: it waits, and keeps its force.

    await runDueJobs(it.shop);
    const atOnce = [await it.status(other), await it.status(refused)];
    await it.sql`UPDATE alarms SET status = 'open', resolved_at = NULL WHERE dedupe_key = 'certificate_trouble'`; // As if it still stood.
    await it.advance(61_000);
    await runDueJobs(it.shop);

    expect(atOnce).toEqual(["accepted", "sending"]);
    expect(await it.status(refused)).toBe("accepted");
  });

  test("accepted again: everything that waited for it goes out at once", async () => {
    const refused = await refusedOnce();
    const others = [await it.approved(await it.aPaidOrder()), await it.approved(await it.aPaidOrder())];
    for (const refundNo of others) await it.send(refundNo);
    const paused = [await it.status(String(others[0])), await it.status(String(others[1]))];
    await it.advance(61_000);
    await raisedNow();

    await again(refused);
    await runDueJobs(it.shop);
    await runDueJobs(it.shop); // What the first round queued for at once.

    expect(paused).toEqual(["approved", "approved"]);
    for (const refundNo of [refused, ...others]) expect(await it.status(refundNo)).toBe("accepted");
  });

  test("a file in order at the worker's start is tried by the refund that waits longest", async () => {
    const refused = await refusedOnce();
    const other = await it.approved(await it.aPaidOrder());
    await it.send(other);
    await it.advance(61_000);
    await raisedNow();
    await runDueJobs(it.shop);
    const waiting = [await it.status(refused), await it.status(other)];

    await checkCertificate(it.shop);
    await runDueJobs(it.shop);
    await runDueJobs(it.shop); // What the first round queued for at once.

    expect(waiting).toEqual(["sending", "approved"]);
    expect([await it.status(refused), await it.status(other)]).toEqual(["accepted", "accepted"]);
  });

  test("refused for another reason: the certificate is fine again", async () => {
    await refusedOnce();
    const order = await it.aPaidOrder();
    const other = await it.approved(order);
    await it.sandbox.purse({ unsettledFen: 0 });

    await it.send(other, { force: true });
    await it.sandbox.purse({ unsettledFen: 10_000_000 });

    expect((await it.row(other)).errorCode).toBe("NOTENOUGH");
    expect(await trouble()).toEqual(["resolved 1"]);
  });

  test("resolved by a person, the queue goes on", async () => {
    await refusedOnce();
    const other = await it.approved(await it.aPaidOrder());
    await it.sql`UPDATE alarms SET status = 'resolved', resolved_at = now()`;

    await it.send(other);

    expect(await it.status(other)).toBe("accepted");
  });
});
