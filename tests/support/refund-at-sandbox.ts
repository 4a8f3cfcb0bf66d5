import { postXml } from "@/lib/wechat/merchant";
import { readRefundResult } from "@/lib/wechat/refund-result";
import { startReceiver } from "@/tests/support/notify-receiver";
import { clientsOf, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call, newNumber } from "@/tests/support/sandbox-call";

type Given = Record<string, string | undefined>;

/** A sandbox whose refunds end only when they are told to, a merchant that asks it, and who is notified. */
export async function aRefundingMerchant() {
  const sandbox = await startSandbox();
  const clients = clientsOf(sandbox, { readTimeoutMs: 700 });
  let receiver = await startReceiver();
  const notifyUrl = () => receiver.url.replace("/api/notify", "/api/notify/refund");

  const requestOf = (given: Given): Record<string, string> => {
    const { appId, mchId, signType } = sandbox.merchant;
    const whole = { appid: appId, mch_id: mchId, nonce_str: "n0nce", sign_type: signType, ...given };
    const set = Object.entries(whole).filter((one): one is [string, string] => one[1] !== undefined);
    return Object.fromEntries(set);
  };
  const refundRequest = (given: Given): Given => ({
    out_refund_no: newRefundNo(),
    total_fee: "8800",
    refund_fee: "1200",
    notify_url: notifyUrl(),
    ...given,
  });

  return {
    sandbox,
    get receiver() {
      return receiver;
    },
    notifyUrl,
    /** Everything armed, turned or set is as it was; nobody has been notified of anything. */
    async startAfresh() {
      await receiver.stop();
      receiver = await startReceiver();
      await sandbox.disarm();
      await sandbox.clock({ reset: true });
      await sandbox.refundSettings({ settleMs: null, gapMs: 60_000, notifyUrl: null });
      await sandbox.alarmSettings({ lateAfterMs: null, url: null }); // Years pass here, and nothing is shipped.
      await sandbox.purse({ unsettledFen: 10_000_000, rechargeFen: 10_000_000 });
    },
    async aPaidOrder(of: { totalFen?: number; couponFen?: number; signType?: string; twice?: boolean } = {}) {
      const fields = anOrder({ total_fee: String(of.totalFen ?? 8800), notify_url: receiver.url });
      const outTradeNo = fields.out_trade_no;
      await call(sandbox, "/pay/unifiedorder", fields, { signType: of.signType });
      const paid = await sandbox.pay({ outTradeNo, couponFen: of.couponFen, twice: of.twice });
      receiver.received.length = 0;
      return { outTradeNo, transactionIds: paid.transactionIds, transactionId: paid.transactionIds[0] ?? "" };
    },
    /** The shop's own client: throws a WechatError when it is refused. */
    refund: (given: Given) =>
      postXml(clients.merchant, {
        name: "refund",
        path: "/secapi/pay/refund",
        request: requestOf(refundRequest(given)),
        withCertificate: true,
      }),
    query: (given: Given) =>
      postXml(clients.merchant, { name: "refundquery", path: "/pay/refundquery", request: requestOf(given) }),
    /** The same call by a hand-written client: the answer's fields, whatever they say. */
    askRefund: (given: Given, options: { signType?: string; apiKey?: string } = {}) =>
      call(sandbox, "/secapi/pay/refund", refundRequest(given), { ...options, withCertificate: true }),
    askQuery: (given: Given) => call(sandbox, "/pay/refundquery", given),
    /** What a notification's body means to the shop's own reader. */
    read: (body: string | undefined) =>
      readRefundResult(Buffer.from(body ?? ""), { apiKey: sandbox.merchant.apiKey }),
    async stop() {
      await clients.close();
      await sandbox.stop();
      await receiver.stop();
    },
  };
}

export const newRefundNo = () => `RF${newNumber()}`;
