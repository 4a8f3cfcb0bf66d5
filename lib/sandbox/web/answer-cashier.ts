import type { Answer } from "@/lib/sandbox/answer";
import { html } from "@/lib/sandbox/html";
import { buyerId } from "@/lib/sandbox/identity/buyers";
import { findOrder } from "@/lib/sandbox/ledger/orders";
import { findPrepay } from "@/lib/sandbox/ledger/prepays";
import { payAsBuyer } from "@/lib/sandbox/payments/pay-as-buyer";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { cashierTexts } from "@/lib/sandbox/web/cashier-texts";
import { page, redirect } from "@/lib/sandbox/web/page";
import { readHttpUrl } from "@/lib/sandbox/web/return-address";
import { showProblem, type Way, wayOut } from "@/lib/sandbox/web/show-cashier";
import type { Visit } from "@/lib/sandbox/web/visit";
import { yuan } from "@/lib/sandbox/web/words";

/** POST /cashier/pay: the payer says yes. The money moves and the notification leaves before the page answers. */
export function payAtCashier(sandbox: Sandbox, visit: Visit): Answer {
  const way = readWay(visit.form);
  const prepay = findPrepay(sandbox.ledger, visit.form.get("prepay_id") ?? "");
  if (!prepay) return showProblem(visit, "unknown", way);
  const chosen = visit.form.get("buyer") ?? visit.buyer;
  const buyer = buyerId.test(chosen) ? chosen : visit.buyer;
  const outcome = payAsBuyer(sandbox, { outTradeNo: prepay.outTradeNo, buyer });
  if (!outcome.ok) {
    return showProblem(visit, outcome.code === "no_weaker_signature" ? "unknown" : outcome.code, way);
  }
  if (outcome.transactionIds.length === 0) return showProblem(visit, "failed", way);
  const query = new URLSearchParams({ ...writeWay(way), prepay_id: prepay.prepayId });
  return redirect(`/cashier/done?${query}`); // So that reloading the page does not pay again.
}

/** POST /cashier/cancel: the payer says no and goes back at once, as from WeChat. */
export function cancelAtCashier(visit: Visit): Answer {
  const way = readWay(visit.form);
  if (way.way === "h5" && readHttpUrl(way.back)) return redirect(way.back ?? "/");
  return redirect(`/cashier/cancelled?${new URLSearchParams(writeWay(way))}`);
}

/** GET /cashier/done: the page with the tick. */
export function showDone(sandbox: Sandbox, visit: Visit): Answer {
  const way = readWay(visit.url.searchParams);
  const prepay = findPrepay(sandbox.ledger, visit.url.searchParams.get("prepay_id") ?? "");
  const order = prepay && findOrder(sandbox.ledger, prepay.outTradeNo);
  if (!order) return showProblem(visit, "unknown", way);
  const { language } = visit;
  const body = html`
<section class="card result paid">
<svg class="tick" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="24"/><path d="M14 25l7 7 13-15"/></svg>
<h1>${cashierTexts.paidTitle[language]}</h1>
<p class="amount">${yuan(order.totalFen)}</p>
<p class="quiet">${cashierTexts.paidNote[language]}</p>
${wayOut(visit, way, "ok")}
</section>`;
  return resultPage(visit, way, cashierTexts.paidTitle[language], body);
}

/** GET /cashier/cancelled: for payers who came by QR code or in the bridge's frame. */
export function showCancelled(visit: Visit): Answer {
  const way = readWay(visit.url.searchParams);
  const { language } = visit;
  const body = html`
<section class="card result">
<h1>${cashierTexts.cancelledTitle[language]}</h1>
<p>${cashierTexts.cancelledNote[language]}</p>
${wayOut(visit, way, "cancel")}
</section>`;
  return resultPage(visit, way, cashierTexts.cancelledTitle[language], body);
}

function resultPage(visit: Visit, way: Way, title: string, body: ReturnType<typeof html>): Answer {
  const script = way.way === "jsapi" ? "/assets/tell-shop.js" : undefined;
  return page(visit, { title, body, width: "narrow", framedBy: way.origin, script });
}

function readWay(fields: URLSearchParams): Way {
  const way = fields.get("way");
  const origin = readHttpUrl(fields.get("origin"))?.origin ?? null;
  return {
    way: way === "h5" || way === "jsapi" ? way : "qr",
    back: readHttpUrl(fields.get("back"))?.href ?? null,
    origin,
  };
}

function writeWay(way: Way): Record<string, string> {
  return { way: way.way, back: way.back ?? "", origin: way.origin ?? "" };
}
