import type { Answer } from "@/lib/sandbox/answer";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import {
  findPrepay,
  findPrepayByCode,
  mwebLifeMs,
  type Prepay,
  prepayLifeMs,
} from "@/lib/sandbox/ledger/prepays";
import { readSceneInfo } from "@/lib/sandbox/pay-api/check-scene-info";
import { whyNotPayable } from "@/lib/sandbox/payments/pay";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { returnAddress } from "@/lib/sandbox/web/return-address";
import { showCashier, showProblem, type Way } from "@/lib/sandbox/web/show-cashier";
import type { Visit } from "@/lib/sandbox/web/visit";

/** GET /cgi-bin/mmpayweb-bin/checkmweb: where an mweb_url leads. Checks what WeChat's page checks. */
export function openMweb(sandbox: Sandbox, visit: Visit): Answer {
  const prepay = findPrepay(sandbox.ledger, visit.url.searchParams.get("prepay_id") ?? "");
  const order = prepay && findOrder(sandbox.ledger, prepay.outTradeNo);
  if (!prepay || order?.tradeType !== "MWEB") return showProblem(visit, "unknown");
  if (/MicroMessenger/i.test(visit.request.headers["user-agent"] ?? "")) {
    return showProblem(visit, "insideWechat");
  }
  const referer = visit.url.searchParams.get("from") ?? visit.request.headers.referer;
  if (!referer) return showProblem(visit, "noReferer");
  const request: Record<string, string> = JSON.parse(order.request);
  const siteUrl = readSceneInfo(request.scene_info ?? "")?.url ?? null;
  const redirectUrl = visit.url.searchParams.get("redirect_url");
  const back = returnAddress({ redirectUrl, referer, siteUrl });
  if (!back.ok) return showProblem(visit, "wrongDomain");
  const way: Way = { way: "h5", back: back.address, origin: null };
  visit.url.searchParams.set("from", referer); // The language switch must not lose it.
  return openFor(sandbox, visit, { prepay, lifeMs: mwebLifeMs, way });
}

/** GET /cashier?pr=…: where the QR code of a code_url leads when a phone scans it. */
export function openQrCode(sandbox: Sandbox, visit: Visit): Answer {
  const scanned = visit.url.searchParams.get("code_url");
  const code = scanned && URL.canParse(scanned) ? new URL(scanned).searchParams.get("pr") : null;
  const prepay = findPrepayByCode(sandbox.ledger, code ?? visit.url.searchParams.get("pr") ?? "");
  const order = prepay && findOrder(sandbox.ledger, prepay.outTradeNo);
  if (!prepay || order?.tradeType !== "NATIVE") return showProblem(visit, "unknown");
  const way: Way = { way: "qr", back: null, origin: null };
  return openFor(sandbox, visit, { prepay, lifeMs: prepayLifeMs, way });
}

/** GET /cashier/jsapi: the frame that the bridge opens, after it has checked the page's parameters. */
export function openInFrame(sandbox: Sandbox, visit: Visit): Answer {
  const prepay = findPrepay(sandbox.ledger, visit.url.searchParams.get("prepay_id") ?? "");
  const origin = visit.url.searchParams.get("origin") ?? "";
  const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin;
  if (!prepay || !isOrigin) return showProblem(visit, "unknown");
  const way: Way = { way: "jsapi", back: null, origin };
  return openFor(sandbox, visit, { prepay, lifeMs: prepayLifeMs, way });
}

function openFor(
  sandbox: Sandbox,
  visit: Visit,
  input: { prepay: Prepay; lifeMs: number; way: Way },
): Answer {
  const { prepay, way } = input;
  const order = findOrder(sandbox.ledger, prepay.outTradeNo);
  if (!order) return showProblem(visit, "unknown", way);
  const refusal = whyNotPayable(sandbox, order);
  if (refusal) return showProblem(visit, refusal.code, way);
  const lapsed = prepay.createdAt + input.lifeMs <= sandbox.clock.now();
  return lapsed ? showProblem(visit, "lapsed", way) : showCashier(sandbox, visit, { order, prepay, way });
}
