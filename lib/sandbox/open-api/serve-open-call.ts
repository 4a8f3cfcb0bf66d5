import type { IncomingMessage } from "node:http";
import { type Answer, gatewayPage, json } from "@/lib/sandbox/answer";
import { gatewayFault } from "@/lib/sandbox/faults/act-out";
import { type ArmedFault, takeFault } from "@/lib/sandbox/faults/arm";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { classicToken, stableToken } from "@/lib/sandbox/open-api/access-token";
import { deliverNotify } from "@/lib/sandbox/open-api/deliver-notify";
import { codeToSession, exchangeCode } from "@/lib/sandbox/open-api/exchange-code";
import type { OpenCall } from "@/lib/sandbox/open-api/open-call";
import { OpenError, openError, openErrors, systemError } from "@/lib/sandbox/open-api/open-error";
import { pageTicket } from "@/lib/sandbox/open-api/page-ticket";
import { readJsonObject } from "@/lib/sandbox/open-api/read-json";
import { requireToken } from "@/lib/sandbox/open-api/require-token";
import type { TokenCall } from "@/lib/sandbox/open-api/token-call";
import type { Served } from "@/lib/sandbox/pay-api/serve-pay-call";
import { readBody } from "@/lib/sandbox/read-body";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { getDeliveryList } from "@/lib/sandbox/shipping/get-delivery-list";
import { getOrder } from "@/lib/sandbox/shipping/get-order";
import { uploadShippingInfo } from "@/lib/sandbox/shipping/upload-shipping-info";

/** api.weixin.qq.com, by path: what an AppSecret or a code opens, and what an access token opens. */
export const openCalls = {
  "/cgi-bin/stable_token": { name: "stable_token", call: stableToken },
  "/cgi-bin/token": { name: "token", call: classicToken },
  "/cgi-bin/ticket/getticket": { name: "getticket", call: pageTicket },
  "/sns/oauth2/access_token": { name: "access_token", call: exchangeCode },
  "/sns/jscode2session": { name: "jscode2session", call: codeToSession },
  "/pay/delivernotify": { name: "delivernotify", tokenCall: deliverNotify },
  "/wxa/sec/order/upload_shipping_info": { name: "upload_shipping_info", tokenCall: uploadShippingInfo },
  "/wxa/sec/order/get_order": { name: "get_order", tokenCall: getOrder },
  "/cgi-bin/express/delivery/open_msg/get_delivery_list": {
    name: "get_delivery_list",
    tokenCall: getDeliveryList,
  },
} as const;

type Route = (typeof openCalls)[keyof typeof openCalls];
type Request = Parameters<OpenCall>[1];

/** Reads and executes one JSON call. */
export async function serveOpenCall(
  sandbox: Sandbox,
  route: Route,
  request: IncomingMessage & { query: URLSearchParams },
): Promise<Served> {
  const body = await readBody(request);
  const served: Served = {
    answer: json({}),
    outcome: "OK",
    outTradeNo: null,
    outRefundNo: null,
    fault: null,
  };
  if (body === null)
    return { ...served, answer: gatewayPage(413, "Request Entity Too Large"), outcome: "413" };
  const asked = { method: request.method ?? "GET", query: Object.fromEntries(request.query), body };
  try {
    if ("tokenCall" in route) served.outTradeNo = numberOf(sandbox, route.tokenCall, body);
    const execute =
      "tokenCall" in route ? prepare(sandbox, route.tokenCall, asked) : () => route.call(sandbox, asked);
    served.fault = takeFault(sandbox.ledger, { call: route.name, outTradeNo: served.outTradeNo });
    return executeUnder(sandbox, served, execute);
  } catch (error) {
    if (!(error instanceof OpenError)) throw error;
    const { errcode, errmsg } = error;
    return { ...served, answer: json({ errcode, errmsg }), outcome: String(errcode) };
  }
}

/** Checks the token before any fault is used up: a call that gets no further was none. */
function prepare(sandbox: Sandbox, call: TokenCall, asked: Request) {
  if (asked.method !== "POST") throw openError(43002);
  const appId = requireToken(sandbox, asked.query.access_token);
  const given = readJsonObject(asked.body);
  return () => call.execute(sandbox, { appId, given, body: asked.body });
}

function executeUnder(sandbox: Sandbox, served: Served, execute: () => Record<string, unknown>): Served {
  const { fault } = served;
  const gateway = gatewayFault(fault);
  if (gateway) return { ...served, answer: gateway, outcome: String(gateway.status) };
  if (fault?.kind === "error") throw chosenError(fault);
  if (fault?.kind === "system-error") throw systemError();
  const answer = json(inOneStep(sandbox.ledger, execute));
  if (fault?.kind === "system-error-after") throw systemError();
  return { ...served, answer: fault?.kind === "garbage" ? garbage : answer };
}

/** What a proxy in between makes of an answer. */
const garbage: Answer = {
  status: 200,
  contentType: "text/html",
  body: "<html><body>系统繁忙，请稍后再试</body></html>",
};

function chosenError({ options }: ArmedFault): OpenError {
  const code = Number(options.code ?? -1);
  const known: Record<number, string> = openErrors;
  return new OpenError(code, options.text ?? known[code] ?? "system error");
}

function numberOf(sandbox: Sandbox, call: TokenCall, body: Buffer): string | null {
  try {
    return call.about(sandbox.ledger, readJsonObject(body));
  } catch (error) {
    if (error instanceof OpenError) return null; // It will be refused for it.
    throw error;
  }
}
