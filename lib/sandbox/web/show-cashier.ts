import type { Answer } from "@/lib/sandbox/answer";
import { type Html, html } from "@/lib/sandbox/html";
import { buyerOf, buyers } from "@/lib/sandbox/identity/buyers";
import type { Order } from "@/lib/sandbox/ledger/orders";
import type { Prepay } from "@/lib/sandbox/ledger/prepays";
import { readSceneInfo } from "@/lib/sandbox/pay-api/check-scene-info";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { type CashierProblem, cashierProblems, cashierTexts } from "@/lib/sandbox/web/cashier-texts";
import { page } from "@/lib/sandbox/web/page";
import { readHttpUrl } from "@/lib/sandbox/web/return-address";
import type { Visit } from "@/lib/sandbox/web/visit";
import { yuan } from "@/lib/sandbox/web/words";

/** How the payer got here, and where the payer goes afterwards. */
export type Way = { way: "h5" | "qr" | "jsapi"; back: string | null; origin: string | null };

/** The page on which a payer says yes or no. Works without JavaScript. */
export function showCashier(
  sandbox: Sandbox,
  visit: Visit,
  input: { order: Order; prepay: Prepay; way: Way },
): Answer {
  const { order, prepay, way } = input;
  const say = (key: keyof typeof cashierTexts) => cashierTexts[key][visit.language];
  const amount = yuan(order.totalFen);
  const body = html`
<h1 class="amount"><span class="quiet">${say("payTo")} ${merchantOf(order) ?? say("merchant")}</span>${amount}</h1>
<form method="post" action="/cashier/pay" class="card">
<input type="hidden" name="prepay_id" value="${prepay.prepayId}">
${wayFields(way)}
<dl class="facts">
<div><dt>${say("goods")}</dt><dd>${order.body}</dd></div>
<div><dt>${say("number")}</dt><dd class="number">${order.outTradeNo}</dd></div>
${order.openid === null ? null : html`<div><dt>${say("payer")}</dt><dd>${payerOf(sandbox, visit, order.openid)}</dd></div>`}
</dl>
${order.openid === null ? payerChoice(visit) : null}
<div class="actions">
<button class="main" type="submit">${say("pay")} ${amount}</button>
<button class="plain" type="submit" formaction="/cashier/cancel">${say("cancel")}</button>
</div>
</form>`;
  return page(visit, {
    title: `${say("title")} · ${amount}`,
    body,
    width: "narrow",
    formLeadsTo: readHttpUrl(way.back)?.origin,
    framedBy: way.origin,
    script: way.way === "jsapi" ? "/assets/tell-shop.js" : undefined,
  });
}

/** A page that says in WeChat's words why nothing can be paid here. */
export function showProblem(visit: Visit, problem: CashierProblem, way?: Way): Answer {
  const { language } = visit;
  const body = html`
<section class="card result">
<h1>${cashierTexts.problemTitle[language]}</h1>
<p>${cashierProblems[problem][language]}</p>
${way ? wayOut(visit, way, "fail") : null}
</section>`;
  return page(visit, {
    title: cashierTexts.problemTitle[language],
    body,
    width: "narrow",
    framedBy: way?.origin,
    script: way?.way === "jsapi" ? "/assets/tell-shop.js" : undefined,
  });
}

/** The way back to the shop: a link, or in the bridge's frame a button that tells the shop's page. */
export function wayOut(visit: Visit, way: Way, result: "ok" | "cancel" | "fail"): Html {
  const say = (key: keyof typeof cashierTexts) => cashierTexts[key][visit.language];
  if (way.way === "jsapi") {
    return html`<div class="actions"><button class="main" type="button" disabled data-tell="${result}" data-origin="${way.origin}">${say("done")}</button></div>`;
  }
  if (readHttpUrl(way.back)) {
    return html`<div class="actions"><a class="main" href="${way.back}">${result === "ok" ? say("done") : say("back")}</a></div>`;
  }
  return html`<p class="quiet">${say("close")}</p>`;
}

export function wayFields(way: Way): Html {
  return html`<input type="hidden" name="way" value="${way.way}"><input type="hidden" name="back" value="${way.back}"><input type="hidden" name="origin" value="${way.origin}">`;
}

/** The name of the one who must pay: a JSAPI order names an openid. */
function payerOf(sandbox: Sandbox, visit: Visit, openid: string): string {
  const id = buyerOf(sandbox.ledger, openid);
  return buyers.find((one) => one.id === id)?.[visit.language] ?? id ?? openid;
}

function payerChoice(visit: Visit): Html {
  const options = buyers.map(
    (one) =>
      html`<option value="${one.id}"${one.id === visit.buyer ? html` selected` : null}>${one[visit.language]}</option>`,
  );
  return html`<div class="field"><label for="buyer">${cashierTexts.payer[visit.language]}</label><select id="buyer" name="buyer">${options}</select></div>`;
}

/** H5 orders say who the merchant is; of the others the first part of `body` does, 商家名-商品类目. */
function merchantOf(order: Order): string | null {
  const request: Record<string, string> = JSON.parse(order.request);
  const site = request.scene_info ? readSceneInfo(request.scene_info) : null;
  if (site) return site.name;
  return order.body.includes("-") ? (order.body.split("-")[0] ?? null) : null;
}
