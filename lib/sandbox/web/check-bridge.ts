import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Answer, json } from "@/lib/sandbox/answer";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { findPrepay, prepayLifeMs } from "@/lib/sandbox/ledger/prepays";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { signFields } from "@/lib/wechat/signature";

const BridgeRequest = z.strictObject({
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
export function checkBridge(sandbox: Sandbox, request: IncomingMessage, body: Buffer): Answer {
  const origin = request.headers.origin ?? "";
  const result = check(sandbox, origin, body.toString("utf8"));
  // The page that asks is the shop's, on another origin. Nothing here is secret or done by asking.
  return { ...json(result), headers: { "access-control-allow-origin": origin || "null", vary: "origin" } };
}

function check(sandbox: Sandbox, origin: string, text: string): { cashierUrl: string } | { refusal: string } {
  const reading = readRequest(text);
  if (!reading) return { refusal: "调用支付JSAPI缺少参数或参数格式错误" };
  const { paySign, ...signed } = reading;
  const prepay = findPrepay(sandbox.ledger, reading.package.slice("prepay_id=".length));
  const order = prepay && findOrder(sandbox.ledger, prepay.outTradeNo);
  const lapsed = prepay && prepay.createdAt + prepayLifeMs <= sandbox.clock.now();
  if (!prepay || !order || lapsed || order.appId !== reading.appId || order.tradeType !== "JSAPI") {
    return { refusal: "调用支付JSAPI缺少参数：total_fee" }; // WeChat's way to say expired, or another appid's.
  }
  const { apiKey } = sandbox.identity;
  const right = signFields(signed, { apiKey, signType: order.signType });
  if (reading.signType !== order.signType || paySign !== right) return { refusal: "支付验证签名失败" };
  const query = new URLSearchParams({ prepay_id: prepay.prepayId, origin });
  return { cashierUrl: `${sandbox.addresses.webUrl}/cashier/jsapi?${query}` };
}

function readRequest(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const reading = BridgeRequest.safeParse(value);
  return reading.success ? reading.data : null;
}
