import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { POST } from "@/app/api/notify/refund/route";
import { encryptReqInfo } from "@/lib/wechat/req-info";
import { writeXml } from "@/lib/wechat/xml";
import { aShop, aTransactionId, type PayableOrder, post } from "@/tests/support/a-shop";

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

/** A refund result as WeChat sends it: no signature, the numbers encrypted. */
function refundNotification(
  order: Pick<PayableOrder, "outTradeNo" | "totalFen">,
  of: { apiKey?: string; outer?: Record<string, string>; inner?: Record<string, string> } = {},
) {
  const { wechat } = it.shop.environment;
  const inner = {
    transaction_id: aTransactionId(),
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

test("a true refund result is kept beside its order, not yet applied, and answered SUCCESS", async () => {
  const order = await it.payableOrder();

  const answer = await notify(refundNotification(order));

  expect(answer).toBe(success);
  expect(await stored()).toEqual([
    {
      kind: "refund",
      verdict: "stored",
      answer: "SUCCESS",
      copies: 0,
      orderId: String(order.orderId),
      appliedAt: null,
    },
  ]);
});

test("copies are counted, whatever their nonce; another status is another message", async () => {
  const order = await it.payableOrder();
  const inner = { transaction_id: aTransactionId() };

  const answers = [
    await notify(refundNotification(order, { inner })),
    await notify(refundNotification(order, { inner })),
    await notify(refundNotification(order, { inner: { ...inner, refund_status: "CHANGE" } })),
  ];

  expect(answers).toEqual([success, success, success]);
  expect((await stored()).map(({ copies }) => copies)).toEqual([1, 0]);
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

test("a refund made in WeChat's portal for a number we do not know is kept and answered SUCCESS", async () => {
  const inner = { refund_request_source: "VENDOR_PLATFORM", out_refund_no: "portal-1" };

  const answer = await notify(refundNotification({ outTradeNo: "NOSUCHNUMBER", totalFen: 500 }, { inner }));

  expect(answer).toBe(success);
  expect((await stored())[0]).toMatchObject({ verdict: "stored", orderId: null });
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
