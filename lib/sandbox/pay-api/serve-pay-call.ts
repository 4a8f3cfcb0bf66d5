import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Answer } from "@/lib/sandbox/answer";
import { gatewayPage } from "@/lib/sandbox/answer";
import { gatewayFault } from "@/lib/sandbox/faults/act-out";
import { type ArmedFault, takeFault } from "@/lib/sandbox/faults/arm";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { checkCaller } from "@/lib/sandbox/pay-api/check-signature";
import { closeOrder } from "@/lib/sandbox/pay-api/close-order";
import { orderQuery, staleOrderQuery } from "@/lib/sandbox/pay-api/order-query";
import { refusalAnswer, signedAnswer } from "@/lib/sandbox/pay-api/pay-answer";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { Refusal, refuse } from "@/lib/sandbox/pay-api/refusals";
import { unifiedOrder } from "@/lib/sandbox/pay-api/unified-order";
import { pay } from "@/lib/sandbox/payments/pay";
import { readBody } from "@/lib/sandbox/read-body";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { SignType } from "@/lib/wechat/signature";
import { type Fields, readXml } from "@/lib/wechat/xml";

/** api.mch.weixin.qq.com, by path. The calls that move money out join under /secapi. */
export const payCalls = {
  "/pay/unifiedorder": { name: "unifiedorder", call: unifiedOrder },
  "/pay/orderquery": { name: "orderquery", call: orderQuery },
  "/pay/closeorder": { name: "closeorder", call: closeOrder },
} as const;

type Route = (typeof payCalls)[keyof typeof payCalls];
/** An answer, and what the list of calls and the fault player want to know about it. */
export type Served = { answer: Answer; outcome: string; outTradeNo: string | null; fault: ArmedFault | null };

/** Reads, verifies, executes and signs one XML call. */
export async function servePayCall(
  sandbox: Sandbox,
  route: Route,
  request: IncomingMessage,
): Promise<Served> {
  const served: Served = {
    answer: gatewayPage(413, "Request Entity Too Large"),
    outcome: "413",
    outTradeNo: null,
    fault: null,
  };
  const body = await readBody(request);
  if (body === null) return served;
  let by: { fields: Fields; apiKey: string; signType: SignType } | null = null;
  try {
    const fields = readMessage(request.method, body);
    served.outTradeNo = fields.out_trade_no?.slice(0, 64) || null;
    const signType = checkCaller(sandbox, fields);
    const known = findOrder(sandbox.ledger, fields.out_trade_no ?? "");
    by = { fields, apiKey: sandbox.identity.apiKey, signType: known?.signType ?? signType };
    served.fault = takeFault(sandbox.ledger, { call: route.name, outTradeNo: served.outTradeNo });
    return await executeUnder(sandbox, { route, by, signType, served });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...served, answer: refusalAnswer(error, by), outcome: error.code };
  }
}

async function executeUnder(
  sandbox: Sandbox,
  input: {
    route: Route;
    by: { fields: Fields; apiKey: string; signType: SignType };
    signType: SignType;
    served: Served;
  },
): Promise<Served> {
  const { by, served } = input;
  const fault = served.fault;
  const gateway = gatewayFault(fault);
  if (gateway) return { ...served, answer: gateway, outcome: "502" };
  if (fault?.kind === "system-error") throw refuse("SYSTEMERROR");
  if (fault?.kind === "frequency-limited") throw refuse("FREQUENCY_LIMITED");
  if (fault?.kind === "error") {
    throw new Refusal(fault.options.code ?? "SYSTEMERROR", fault.options.text ?? "沙箱指定的错误");
  }
  const call: PayCall = fault?.kind === "stale" ? staleOrderQuery : input.route.call;
  const result = inOneStep(sandbox.ledger, () =>
    call(sandbox, { fields: by.fields, signType: input.signType }),
  );
  if (fault?.kind === "reorder" && served.outTradeNo)
    await payBeforeAnswer(sandbox, served.outTradeNo, fault);
  const apiKey = fault?.kind === "forged-answer" ? `forged${randomBytes(13).toString("hex")}` : by.apiKey;
  const own = { result_code: "SUCCESS", ...result.fields };
  const answer = signedAnswer(own, { fields: by.fields, apiKey, signType: result.signType });
  return { ...served, answer, outcome: "OK" };
}

/** The `reorder` fault: paid and notified while the shop still waits for the answer to unifiedorder. */
async function payBeforeAnswer(sandbox: Sandbox, outTradeNo: string, fault: ArmedFault): Promise<void> {
  const outcome = pay(sandbox, { outTradeNo, plan: fault.options.plan });
  if (!outcome.ok) return;
  await Promise.all(outcome.notificationIds.map((id) => sandbox.notifier.nextTry(id)));
}

function readMessage(method: string | undefined, body: Buffer): Fields {
  if (method !== "POST") throw refuse("REQUIRE_POST_METHOD");
  if (body.byteLength === 0) throw refuse("POST_DATA_EMPTY");
  if (!isUtf8(body)) throw refuse("NOT_UTF8");
  const reading = readXml(body);
  if (!reading.ok) throw refuse("XML_FORMAT_ERROR");
  return reading.fields;
}
