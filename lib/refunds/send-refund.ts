import { recordCall } from "@/lib/payments/record-call";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { type AcceptedRefund, requestRefund } from "@/lib/wechat/refund";
import { resolveCertificateTrouble } from "./certificate-trouble";
import { concludeFailedTry, payByHand } from "./conclude-failed-try";
import { settleRefund } from "./settle-refund";
import { takeTurn } from "./take-turn";

/**
 * One try to have WeChat pay a refund back: the same number and the same request at every try, for ever. Runs as a job,
 * as often as it takes; a try that was killed in the middle is repeated like one that timed out. `force`: a person
 * asked for it now, a paused queue notwithstanding.
 */
export async function sendRefund(shop: Shop, refundId: number, options = { force: false }): Promise<void> {
  const turn = await takeTurn(shop, refundId, options);
  if (!turn) return;
  const { refund, receipt, request } = turn;
  if (turn.isTooOld)
    return payByHand(shop, { refund, said: { code: "TRADE_OVERDUE", text: "paid more than a year ago" } });

  let accepted: AcceptedRefund;
  try {
    accepted = await recordCall(
      shop,
      { refund, call: "refund" },
      () => requestRefund(shop.merchant, request),
      () => "accepted",
    );
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    return concludeFailedTry(shop, { refund, error });
  }
  await settleRefund(
    shop,
    {
      source: "answer",
      appId: receipt.appid,
      mchId: receipt.mchId,
      outTradeNo: receipt.outTradeNo,
      transactionId: receipt.transactionId,
      outRefundNo: accepted.outRefundNo,
      refundId: accepted.refundId,
      status: "PROCESSING", // Acceptance is not success.
      totalFen: receipt.totalFen,
      refundFen: accepted.refundFen,
      successAt: null,
      refundRecvAccout: null,
    },
    null,
  );
  await resolveCertificateTrouble(shop.db, shop.now());
}
