import { type Html, html } from "@/lib/sandbox/html";
import { readPurses } from "@/lib/sandbox/ledger/purses";
import { readRefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { formToken } from "@/lib/sandbox/web/form-token";
import { refundTexts } from "@/lib/sandbox/web/refund-texts";
import type { Visit } from "@/lib/sandbox/web/visit";
import { yuan } from "@/lib/sandbox/web/words";

/** What refunds are paid from. */
export function pursesCard(sandbox: Sandbox, visit: Visit): Html {
  const say = (key: keyof typeof refundTexts) => refundTexts[key][visit.language];
  const purses = readPurses(sandbox.ledger);
  const number = (name: "unsettledFen" | "rechargeFen" | "topUpFen") =>
    html`<label class="field">${say(name)}<input type="number" name="${name}" min="0"></label>`;
  return html`<section class="card">
<h2>${say("purses")}</h2>
<dl class="facts">
<div><dt>${say("unsettled")}</dt><dd>${yuan(purses.unsettled)}</dd></div>
<div><dt>${say("rechargeFunds")}</dt><dd>${yuan(purses.recharge)}</dd></div>
</dl>
<p class="quiet">${say("pursesNote")}</p>
<form method="post" action="/console/purse" class="form">${formToken}
${number("unsettledFen")}
${number("topUpFen")}
${number("rechargeFen")}
<button class="main" type="submit">${say("setPurses")}</button>
</form>
</section>`;
}

/** How refunds go that have no plan of their own. */
export function refundSettingsCard(sandbox: Sandbox, visit: Visit): Html {
  const say = (key: keyof typeof refundTexts) => refundTexts[key][visit.language];
  const settings = readRefundSettings(sandbox.ledger);
  const settleSeconds = settings.settleMs === null ? null : settings.settleMs / 1000;
  return html`<section class="card">
<h2>${say("settings")}</h2>
<form method="post" action="/console/refund-settings" class="form">${formToken}
<label class="field">${say("settingsSeconds")}<input type="number" name="settleSeconds" min="0" step="any" value="${settleSeconds}"></label>
<label class="tickbox"><input type="checkbox" name="hold" value="yes"${settings.settleMs === null ? html` checked` : null}>${say("slowBank")}</label>
<label class="field">${say("gapSeconds")}<input type="number" name="gapSeconds" min="0" step="any" value="${settings.gapMs / 1000}"></label>
<button class="main" type="submit">${say("saveSettings")}</button>
</form>
</section>`;
}
