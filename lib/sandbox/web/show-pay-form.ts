import { type Html, html } from "@/lib/sandbox/html";
import type { Order } from "@/lib/sandbox/ledger/orders";
import { claims } from "@/lib/sandbox/notify/payment-message";
import { formToken } from "@/lib/sandbox/web/form-token";
import { orderTexts } from "@/lib/sandbox/web/order-texts";
import type { Visit } from "@/lib/sandbox/web/visit";

const numbers = ["amountFen", "notifyAmountFen", "couponFen", "lateSeconds", "copies", "drops"] as const;
const ticks = ["money", "twice", "force"] as const;

/** Every way to pay a number, right and wrong. Empty fields mean: as it should be. */
export function payForm(visit: Visit, order: Order): Html {
  const say = (key: keyof typeof orderTexts) => orderTexts[key][visit.language];
  const options = claims
    .filter((claim) => claim !== "weaker" || order.signType !== "MD5")
    .map((claim) => html`<option value="${claim}">${say(claim)}</option>`);
  const number = (name: (typeof numbers)[number]) =>
    html`<label class="field">${say(name)}<input type="number" name="${name}" min="0"></label>`;
  const tick = (name: (typeof ticks)[number]) =>
    html`<label class="tickbox"><input type="checkbox" name="${name}" value="yes">${say(name)}</label>`;
  return html`<section class="card">
<h2>${say("payTitle")}</h2>
<form method="post" action="/console/pay" class="form">${formToken}
<input type="hidden" name="outTradeNo" value="${order.outTradeNo}">
<div class="field"><label for="claim">${say("claim")}</label><select id="claim" name="claim"><option value="">${say("right")}</option>${options}</select></div>
<div class="pair">${numbers.map(number)}</div>
${ticks.map(tick)}
<button class="main" type="submit">${say("pay")}</button>
<button type="submit" formaction="/console/plan">${say("payLater")}</button>
<p class="quiet">${say("nextQuery")}</p>
</form>
</section>`;
}
