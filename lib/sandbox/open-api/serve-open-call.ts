import type { IncomingMessage } from "node:http";
import { gatewayPage, json } from "@/lib/sandbox/answer";
import { gatewayFault } from "@/lib/sandbox/faults/act-out";
import { takeFault } from "@/lib/sandbox/faults/arm";
import { inOneStep } from "@/lib/sandbox/ledger/open-ledger";
import { classicToken, stableToken } from "@/lib/sandbox/open-api/access-token";
import { codeToSession, exchangeCode } from "@/lib/sandbox/open-api/exchange-code";
import { OpenError } from "@/lib/sandbox/open-api/open-error";
import type { Served } from "@/lib/sandbox/pay-api/serve-pay-call";
import { readBody } from "@/lib/sandbox/read-body";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** api.weixin.qq.com, by path. Delivery reports join here. */
export const openCalls = {
  "/cgi-bin/stable_token": { name: "stable_token", call: stableToken },
  "/cgi-bin/token": { name: "token", call: classicToken },
  "/sns/oauth2/access_token": { name: "access_token", call: exchangeCode },
  "/sns/jscode2session": { name: "jscode2session", call: codeToSession },
} as const;

type Route = (typeof openCalls)[keyof typeof openCalls];

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
  served.fault = takeFault(sandbox.ledger, { call: route.name, outTradeNo: null });
  const gateway = gatewayFault(served.fault);
  if (gateway) return { ...served, answer: gateway, outcome: "502" };
  try {
    if (served.fault?.kind === "error") throw chosenError(served.fault.options);
    const query = Object.fromEntries(request.query);
    const call = () => route.call(sandbox, { method: request.method ?? "GET", query, body });
    return { ...served, answer: json(inOneStep(sandbox.ledger, call)) };
  } catch (error) {
    if (!(error instanceof OpenError)) throw error;
    const { errcode, errmsg } = error;
    return { ...served, answer: json({ errcode, errmsg }), outcome: String(errcode) };
  }
}

function chosenError(options: { code?: string; text?: string }): OpenError {
  return new OpenError(Number(options.code ?? -1), options.text ?? "system error");
}
