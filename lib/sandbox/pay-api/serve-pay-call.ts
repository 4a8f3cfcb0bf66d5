import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Answer } from "@/lib/sandbox/answer";
import { gatewayPage } from "@/lib/sandbox/answer";
import { gatewayFault } from "@/lib/sandbox/faults/act-out";
import { type ArmedFault, takeFault } from "@/lib/sandbox/faults/arm";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { findRefund, findRefundById } from "@/lib/sandbox/ledger/refunds";
import { findTransaction } from "@/lib/sandbox/ledger/transactions";
import { checkCaller } from "@/lib/sandbox/pay-api/check-signature";
import { closeOrder } from "@/lib/sandbox/pay-api/close-order";
import { orderQuery, staleOrderQuery } from "@/lib/sandbox/pay-api/order-query";
import { refusalAnswer, signedAnswer, spoiledAnswer } from "@/lib/sandbox/pay-api/pay-answer";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { refundOrder } from "@/lib/sandbox/pay-api/refund";
import { refundQuery, staleRefundQuery } from "@/lib/sandbox/pay-api/refund-query";
import { Refusal, refuse } from "@/lib/sandbox/pay-api/refusals";
import { unifiedOrder } from "@/lib/sandbox/pay-api/unified-order";
import { pay } from "@/lib/sandbox/payments/pay";
import { readBody } from "@/lib/sandbox/read-body";
import { settleAsPlanned } from "@/lib/sandbox/refunds/settle-as-planned";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { SignType } from "@/lib/wechat/signature";
import { type Fields, readXml } from "@/lib/wechat/xml";

/** api.mch.weixin.qq.com, by path. What moves money out stands under /secapi. */
export const payCalls = {
  "/pay/unifiedorder": { name: "unifiedorder", call: unifiedOrder },
  "/pay/orderquery": { name: "orderquery", call: orderQuery },
  "/pay/closeorder": { name: "closeorder", call: closeOrder },
  "/secapi/pay/refund": { name: "refund", call: refundOrder },
  "/pay/refundquery": { name: "refundquery", call: refundQuery },
} as const;

const staleCalls: Record<string, PayCall> = { orderquery: staleOrderQuery, refundquery: staleRefundQuery };

type Route = (typeof payCalls)[keyof typeof payCalls];
/** An answer, and what the list of calls and the fault player want to know about it. */
export type Served = {
  answer: Answer;
  outcome: string;
  outTradeNo: string | null;
  outRefundNo: string | null;
  fault: ArmedFault | null;
};

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
    outRefundNo: null,
    fault: null,
  };
  const body = await readBody(request);
  if (body === null) return served;
  let by: { fields: Fields; apiKey: string; signType: SignType } | null = null;
  try {
    const fields = readMessage(request.method, body);
    Object.assign(served, numbersOf(sandbox, fields));
    const signType = checkCaller(sandbox, fields);
    const known = findOrder(sandbox.ledger, served.outTradeNo ?? "");
    by = { fields, apiKey: sandbox.identity.apiKey, signType: known?.signType ?? signType };
    served.fault = takeFault(sandbox.ledger, { call: route.name, ...numbersOf(sandbox, fields) });
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
  if (gateway) return { ...served, answer: gateway, outcome: String(gateway.status) };
  if (fault?.kind === "system-error") throw refuse("SYSTEMERROR");
  if (fault?.kind === "frequency-limited") throw refuse("FREQUENCY_LIMITED");
  if (fault?.kind === "error") {
    throw new Refusal(fault.options.code ?? "SYSTEMERROR", fault.options.text ?? "沙箱指定的错误");
  }
  const stale = fault?.kind === "stale" ? staleCalls[input.route.name] : undefined;
  const call: PayCall = stale ?? input.route.call;
  const result = inOneStep(sandbox.ledger, () =>
    call(sandbox, { fields: by.fields, signType: input.signType }),
  );
  if (fault?.kind === "reorder") await notifyBeforeAnswer(sandbox, served, fault);
  if (input.route.name === "refund") sandbox.settler.wake();
  if (fault?.kind === "system-error-after") throw refuse("SYSTEMERROR");
  const own = { result_code: "SUCCESS", ...result.fields };
  const signed = { fields: by.fields, apiKey: by.apiKey, signType: result.signType };
  const answer = spoiledAnswer(fault, own, signed) ?? signedAnswer(own, signed);
  return { ...served, answer, outcome: "OK" };
}

/** The `reorder` fault: paid, or paid back, and notified while the shop still waits for this answer. */
async function notifyBeforeAnswer(sandbox: Sandbox, served: Served, fault: ArmedFault): Promise<void> {
  if (fault.call === "refund") {
    const refund = findRefund(sandbox.ledger, served.outRefundNo ?? "");
    const settlement = refund && settleAsPlanned(sandbox, refund);
    if (settlement?.ok) await sandbox.notifier.nextTry(settlement.notificationId);
    return;
  }
  const outcome = pay(sandbox, { outTradeNo: served.outTradeNo ?? "", plan: fault.options.plan });
  if (!outcome.ok) return;
  await Promise.all(outcome.notificationIds.map((id) => sandbox.notifier.nextTry(id)));
}

/** Which order and refund a call is about, whichever of WeChat's numbers it names. */
function numbersOf(sandbox: Sandbox, fields: Fields): Pick<Served, "outTradeNo" | "outRefundNo"> {
  const { ledger } = sandbox;
  const refund = fields.refund_id
    ? findRefundById(ledger, fields.refund_id)
    : findRefund(ledger, fields.out_refund_no ?? "");
  const transaction = findTransaction(ledger, fields.transaction_id ?? "");
  const outTradeNo = transaction?.outTradeNo ?? fields.out_trade_no ?? refund?.outTradeNo;
  const outRefundNo = fields.out_refund_no || refund?.outRefundNo;
  return { outTradeNo: outTradeNo?.slice(0, 64) || null, outRefundNo: outRefundNo?.slice(0, 64) || null };
}

function readMessage(method: string | undefined, body: Buffer): Fields {
  if (method !== "POST") throw refuse("REQUIRE_POST_METHOD");
  if (body.byteLength === 0) throw refuse("POST_DATA_EMPTY");
  if (!isUtf8(body)) throw refuse("NOT_UTF8");
  const reading = readXml(body);
  if (!reading.ok) throw refuse("XML_FORMAT_ERROR");
  return reading.fields;
}
