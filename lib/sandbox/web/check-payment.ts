import { z } from "zod";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { findPrepay, prepayLifeMs } from "@/lib/sandbox/ledger/prepays";
import type { BridgeCall } from "@/lib/sandbox/web/answer-bridge";
import { signFields } from "@/lib/wechat/signature";

const PaymentRequest = z.strictObject({
  appId: z.string().max(32),
  timeStamp: z.string().regex(/^[0-9]{10}$/), // Text, not a number: WeChat's own check on iOS.
  nonceStr: z.string().min(1).max(32),
  package: z
    .string()
    .max(128)
    .regex(/^prepay_id=/),
  signType: z.enum(["MD5", "HMAC-SHA256"]),
  paySign: z.string().max(64),
});

/**
 * POST /bridge/check: what WeChat's app does with the parameters of getBrandWCPayRequest before it shows
 * anything. Answers the frame's address, or WeChat's words for what is wrong.
 */
export const checkPayment: BridgeCall = (sandbox, { given, origin }) => {
  const reading = PaymentRequest.safeParse(given);
  if (!reading.success) return { refusal: "调用支付JSAPI缺少参数或参数格式错误" };
  const { paySign, ...signed } = reading.data;
  const prepay = findPrepay(sandbox.ledger, signed.package.slice("prepay_id=".length));
  const order = prepay && findOrder(sandbox.ledger, prepay.outTradeNo);
  const lapsed = prepay && prepay.createdAt + prepayLifeMs <= sandbox.clock.now();
  if (!prepay || !order || lapsed || order.appId !== signed.appId || order.tradeType !== "JSAPI") {
    return { refusal: "调用支付JSAPI缺少参数：total_fee" }; // WeChat's way to say expired, or another appid's.
  }
  const { apiKey } = sandbox.identity;
  const right = signFields(signed, { apiKey, signType: order.signType });
  if (signed.signType !== order.signType || paySign !== right) return { refusal: "支付验证签名失败" };
  const query = new URLSearchParams({ prepay_id: prepay.prepayId, origin });
  return { cashierUrl: `${sandbox.addresses.webUrl}/cashier/jsapi?${query}` };
};
