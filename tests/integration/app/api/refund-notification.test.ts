import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST } from "@/app/api/notify/refund/route";
import { applyStored } from "@/lib/notifications/apply-stored";
import { replayNotification } from "@/lib/notifications/replay-notification";
import { encryptReqInfo } from "@/lib/wechat/req-info";
import { writeXml } from "@/lib/wechat/xml";
import { aRefundableOrder } from "@/tests/support/a-refundable-order";
import { aShop, aTransactionId, post } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
beforeEach(() => it.sql`TRUNCATE notifications, stray_counts, alarms CASCADE`);
afterAll(() => it.close());

const success =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
const notify = async (body: string) => (await POST(post(body))).text();
const stored = () =>
  it.sql`SELECT kind, verdict, answer, copies, order_id AS "orderId", applied_at AS "appliedAt" FROM notifications ORDER BY id`;

/** A paid order, and one of its refunds that WeChat has accepted. */
async function aSentRefund() {
  const { sku } = await it.aProduct({ priceFen: 8800 });
  const order = await aRefundableOrder(it.shop, { items: [{ sku, quantity: 1 }] });
  const refundNo = `R${aTransactionId()}`;
  await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, refund_id, source, status, requested_fen, refund_fen, reason, accepted_at)
    VALUES (${order.receiptId}, ${order.orderId}, ${refundNo}, ${`5${refundNo.slice(1)}`}, 'staff', 'accepted', 100, 100, 'other', ${it.clock.now.toISOString()})`;
  return { order, inner: { out_refund_no: refundNo, refund_id: `5${refundNo.slice(1)}` }, refundNo };
}
const statusOf = async (refundNo: string) =>
  (await it.sql`SELECT status FROM refunds WHERE out_refund_no = ${refundNo}`)[0]?.status;

/** A refund result as WeChat sends it: no signature, the numbers encrypted. */
function refundNotification(
  order: { outTradeNo: string; totalFen: number; transactionId?: string },
  of: { apiKey?: string; outer?: Record<string, string>; inner?: Record<string, string> } = {},
) {
  const { wechat } = it.shop.environment;
  const inner = {
    transaction_id: order.transactionId ?? aTransactionId(),
    out_trade_no: order.outTradeNo,
    refund_id: "50000000000000000000000000001",
    out_refund_no: "R1",
    total_fee: String(order.totalFen),
    refund_fee: "100",
    settlement_refund_fee: "100",
    refund_status: "SUCCESS",
    success_time: "2026-04-01 10:01:30",
    refund_recv_accout: "支付用户零钱",
    refund_request_source: "API",
    ...of.inner,
  };
  return writeXml({
    return_code: "SUCCESS",
    appid: wechat.appId,
    mch_id: wechat.mchId,
    nonce_str: randomBytes(16).toString("hex"),
    req_info: encryptReqInfo(writeXml(inner, { root: "root" }), { apiKey: of.apiKey ?? wechat.apiKey }),
    ...of.outer,
  });
}

test("a true refund result settles its refund at once, is kept beside its order and answered SUCCESS", async () => {
  const { order, inner, refundNo } = await aSentRefund();

  const answer = await notify(refundNotification(order, { inner }));

  expect(answer).toBe(success);
  expect(await statusOf(refundNo)).toBe("succeeded");
  expect(await stored()).toEqual([
    {
      kind: "refund",
      verdict: "applied",
      answer: "SUCCESS",
      copies: 0,
      orderId: String(order.orderId),
      appliedAt: expect.anything(),
    },
  ]);
});

test("copies are counted, whatever their nonce; another status is another message", async () => {
  const { order, inner, refundNo } = await aSentRefund();

  const answers = [
    await notify(refundNotification(order, { inner: { ...inner, refund_status: "CHANGE" } })),
    await notify(refundNotification(order, { inner: { ...inner, refund_status: "CHANGE" } })),
    await notify(refundNotification(order, { inner })),
  ];

  expect(answers).toEqual([success, success, success]);
  expect((await stored()).map(({ verdict, copies }) => [verdict, copies])).toEqual([
    ["applied", 1],
    ["applied", 0],
  ]);
  expect(await statusOf(refundNo)).toBe("succeeded");
});

test("fifty copies at once move the refund once", async () => {
  const { order, inner, refundNo } = await aSentRefund();

  const answers = await Promise.all(
    Array.from({ length: 50 }, () => notify(refundNotification(order, { inner }))),
  );

  expect(new Set(answers)).toEqual(new Set([success]));
  expect((await stored()).map(({ verdict, copies }) => [verdict, copies])).toEqual([["applied", 49]]);
  const [moves] = await it.sql`SELECT count(*)::int FROM transitions t JOIN refunds f ON f.id = t.entity_id
    WHERE t.entity = 'refund' AND f.out_refund_no = ${refundNo} AND t.event = 'succeed'`;
  expect(moves?.count).toBe(1);
});

test("another amount than asked: FAIL with the reason, one alarm, nothing moves", async () => {
  const { order, inner, refundNo } = await aSentRefund();

  const answer = await notify(refundNotification(order, { inner: { ...inner, refund_fee: "101" } }));

  expect(answer).toContain("another amount than asked");
  expect(await statusOf(refundNo)).toBe("accepted");
  expect((await stored())[0]).toMatchObject({ verdict: "mismatch", answer: "FAIL" });
  expect(await it.sql`SELECT kind, count FROM alarms`).toEqual([{ kind: "refund_mismatch", count: 1 }]);
});

test("our own fault half-way: kept as failed and answered FAIL; replayed, it settles", async () => {
  const { order, inner, refundNo } = await aSentRefund();
  await it.sql.unsafe("ALTER FUNCTION follow_refund RENAME TO follow_refund_away");
  const answer = await notify(refundNotification(order, { inner }));
  const failed = [await statusOf(refundNo), (await stored()).map(({ verdict }) => verdict)];
  await it.sql.unsafe("ALTER FUNCTION follow_refund_away RENAME TO follow_refund");

  const [kept] = await it.sql`SELECT id::int FROM notifications`;
  const replayed = await replayNotification(it.shop, kept?.id);

  expect(answer).toContain("please send it again");
  expect(failed).toEqual(["accepted", ["failed"]]);
  expect(replayed).toMatchObject({ code: "SUCCESS" });
  expect(await statusOf(refundNo)).toBe("succeeded");
  expect((await stored()).map(({ verdict, answer }) => [verdict, answer])).toEqual([["applied", "SUCCESS"]]);
});

describe("one that was only stored, before refunds were known", () => {
  async function storedBefore(body: string) {
    await notify(body);
    const [row] =
      await it.sql`UPDATE notifications SET verdict = 'stored', answer = 'SUCCESS', applied_at = NULL RETURNING id::int`;
    return Number(row?.id);
  }

  test("is applied by the job that the migration queued", async () => {
    const { order, inner, refundNo } = await aSentRefund();
    const id = await storedBefore(refundNotification(order, { inner }));
    await it.sql`UPDATE refunds SET status = 'accepted', settled_at = NULL WHERE out_refund_no = ${refundNo}`;

    await applyStored(it.shop, id);
    await applyStored(it.shop, id);

    expect(await statusOf(refundNo)).toBe("succeeded");
    expect((await stored()).map(({ verdict }) => verdict)).toEqual(["applied"]);
  });

  test("from the portal, it becomes a row", async () => {
    const { order } = await aSentRefund();
    const inner = { out_refund_no: `portal-${order.orderNo}`, refund_id: `50${Date.now()}` };
    const id = await storedBefore(refundNotification(order, { inner }));
    await it.sql`DELETE FROM refunds WHERE out_refund_no = ${inner.out_refund_no}`;

    await applyStored(it.shop, id);

    expect(await statusOf(inner.out_refund_no)).toBe("succeeded");
  });

  test("stays to be applied while our side fails: the job throws, and is run again", async () => {
    const { order, inner, refundNo } = await aSentRefund();
    const id = await storedBefore(refundNotification(order, { inner }));
    await it.sql`UPDATE refunds SET status = 'accepted', settled_at = NULL WHERE out_refund_no = ${refundNo}`;
    await it.sql.unsafe("ALTER FUNCTION follow_refund RENAME TO follow_refund_away");

    await expect(applyStored(it.shop, id)).rejects.toThrow("not applied");
    await it.sql.unsafe("ALTER FUNCTION follow_refund_away RENAME TO follow_refund");
    await applyStored(it.shop, id);

    expect(await statusOf(refundNo)).toBe("succeeded");
  });
});

test("one encrypted with another key is forged: FAIL, one alarm", async () => {
  const order = await it.payableOrder();

  const answer = await notify(refundNotification(order, { apiKey: "x".repeat(32) }));

  expect(answer).toContain("req_info does not decrypt with our key");
  expect((await stored())[0]).toMatchObject({ verdict: "forged", answer: "FAIL" });
  expect(await it.sql`SELECT kind, count FROM alarms`).toEqual([{ kind: "forged_notification", count: 1 }]);
});

test.each<Record<string, string>>([{ mch_id: "1999999999" }, { appid: "wx0000000000000000" }])(
  "another merchant's or app's is not ours: %j",
  async (outer) => {
    const order = await it.payableOrder();

    const answers = [
      await notify(refundNotification(order, { outer: { ...outer } })),
      await notify(
        refundNotification({ outTradeNo: "NOSUCHNUMBER", totalFen: 500 }, { outer: { ...outer } }),
      ),
    ];

    for (const answer of answers) expect(answer).toContain("appid or mch_id is not ours");
    expect((await stored()).map(({ verdict }) => verdict)).toEqual(["not_ours", "not_ours"]);
  },
);

test("of a payment that nobody knows: FAIL and an alarm, so that WeChat comes again", async () => {
  const inner = { refund_request_source: "VENDOR_PLATFORM", out_refund_no: "portal-1" };

  const answer = await notify(refundNotification({ outTradeNo: "NOSUCHNUMBER", totalFen: 500 }, { inner }));

  expect(answer).toContain("no receipt has this transaction_id");
  expect((await stored())[0]).toMatchObject({ verdict: "unknown", orderId: null });
  expect(await it.sql`SELECT kind FROM alarms`).toEqual([{ kind: "unknown_refund" }]);
});

test("return_code FAIL has nothing to decrypt: refused with its own reason, kept as malformed", async () => {
  const answer = await notify(writeXml({ return_code: "FAIL", return_msg: "签名失败" }));

  expect(answer).toContain("签名失败");
  expect((await stored())[0]).toMatchObject({ verdict: "malformed" });
});

test.each([
  ["refund_fee", "0"],
  ["refund_fee", "1.00"],
  ["refund_status", "MAYBE"],
  ["out_refund_no", ""],
])("encrypted with our key, but with %s %j: refused with a reason", async (name, value) => {
  const order = await it.payableOrder();

  const answer = await notify(refundNotification(order, { inner: { [name]: value } }));

  expect(answer).toContain("FAIL");
  expect(answer).toContain(name);
});
