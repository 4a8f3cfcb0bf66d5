import { type Html, html } from "@/lib/sandbox/html";
import { refundSumsOf } from "@/lib/sandbox/ledger/refunds";
import type { Transaction } from "@/lib/sandbox/ledger/transactions";
import { refundClaims } from "@/lib/sandbox/notify/refund-message";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { formToken } from "@/lib/sandbox/web/form-token";
import { refundStates, refundTexts } from "@/lib/sandbox/web/refund-texts";
import type { Visit } from "@/lib/sandbox/web/visit";

const numbers = ["settleSeconds", "notifyRefundFen", "lateSeconds", "copies", "drops"] as const;
const ticks = ["hold", "recharge"] as const;

/** Every way a refund can go: made by hand here, or waiting for the shop's next one. */
export function refundForm(sandbox: Sandbox, visit: Visit, paid: Transaction): Html {
  const say = (key: keyof typeof refundTexts) => refundTexts[key][visit.language];
  const leftFen = paid.totalFen - refundSumsOf(sandbox.ledger, paid.transactionId).liveFen;
  const outcomes = (["SUCCESS", "CHANGE", "REFUNDCLOSE"] as const).map(
    (status) => html`<option value="${status}">${refundStates[status]?.[visit.language]}</option>`,
  );
  const claims = refundClaims.map((claim) => html`<option value="${claim}">${say(claim)}</option>`);
  const number = (name: (typeof numbers)[number]) =>
    html`<label class="field">${say(name)}<input type="number" name="${name}" min="0"></label>`;
  const tick = (name: (typeof ticks)[number]) =>
    html`<label class="tickbox"><input type="checkbox" name="${name}" value="yes">${say(name)}</label>`;
  return html`<section class="card">
<h2>${say("formTitle")}</h2>
<form method="post" action="/console/portal-refund" class="form">${formToken}
<input type="hidden" name="outTradeNo" value="${paid.outTradeNo}">
<div class="pair">
<label class="field">${say("refundFen")}<input type="number" name="refundFen" min="1" value="${leftFen > 0 ? leftFen : null}"></label>
<div class="field"><label for="outcome">${say("outcome")}</label><select id="outcome" name="outcome">${outcomes}</select></div>
<label class="field">${say("recvAccount")}<input type="text" name="recvAccount" maxlength="64"></label>
<div class="field"><label for="refund-claim">${say("claim")}</label><select id="refund-claim" name="claim"><option value="">${say("right")}</option>${claims}</select></div>
${numbers.map(number)}
</div>
${ticks.map(tick)}
<button class="main" type="submit">${say("portal")}</button>
<button type="submit" formaction="/console/refund-plan">${say("plan")}</button>
<p class="quiet">${say("formNote")}</p>
</form>
</section>`;
}
