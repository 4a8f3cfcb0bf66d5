import type { IncomingMessage, ServerResponse } from "node:http";
import { gatewayPage, send } from "@/lib/sandbox/answer";
import { sendUnder } from "@/lib/sandbox/faults/act-out";
import { recordCall } from "@/lib/sandbox/ledger/calls";
import { openCalls, serveOpenCall } from "@/lib/sandbox/open-api/serve-open-call";
import { refuseWithoutCertificate } from "@/lib/sandbox/pay-api/client-certificate";
import { payCalls, type Served, servePayCall } from "@/lib/sandbox/pay-api/serve-pay-call";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** The HTTPS side: what the shop's servers call at api.mch.weixin.qq.com and api.weixin.qq.com. */
export async function serveApi(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse) {
  const started = performance.now();
  const url = new URL(request.url ?? "/", sandbox.addresses.apiUrl);
  if (url.pathname.startsWith("/secapi/")) {
    const refusal = refuseWithoutCertificate(sandbox, request);
    if (refusal) {
      recordCall(sandbox.ledger, { ...callOf(sandbox, url), outcome: "CERT_ERROR", tookMs: 0 });
      return send(response, refusal);
    }
  }
  const served = await route(sandbox, url, request);
  if (!served) return send(response, gatewayPage(404, "Not Found"));
  recordCall(sandbox.ledger, {
    ...callOf(sandbox, url),
    outTradeNo: served.outTradeNo,
    outRefundNo: served.outRefundNo,
    outcome: served.outcome,
    fault: served.fault?.kind ?? null,
    tookMs: performance.now() - started,
  });
  await sendUnder(served.fault, response, served.answer);
}

function callOf(sandbox: Sandbox, url: URL) {
  const call = url.pathname.split("/").at(-1) ?? "";
  return { at: sandbox.clock.now(), call, outTradeNo: null, outRefundNo: null, fault: null };
}

async function route(sandbox: Sandbox, url: URL, request: IncomingMessage): Promise<Served | null> {
  const path = url.pathname;
  if (path in payCalls) return await servePayCall(sandbox, payCalls[path as keyof typeof payCalls], request);
  if (path in openCalls) {
    const withQuery = Object.assign(request, { query: url.searchParams });
    return await serveOpenCall(sandbox, openCalls[path as keyof typeof openCalls], withQuery);
  }
  return null;
}
