import { namings } from "@/lib/sandbox/alarms/alarm-plan";
import { readAlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import { type Html, html } from "@/lib/sandbox/html";
import { alarmClaims } from "@/lib/sandbox/notify/alarm-message";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { readShippingSettings } from "@/lib/sandbox/shipping/shipping-settings";
import { deliveryTexts } from "@/lib/sandbox/web/delivery-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import type { Visit } from "@/lib/sandbox/web/visit";

const texts = ["errorType", "description", "content"] as const;
const numbers = ["alarmCopies", "alarmLate", "alarmDrops"] as const;

/** Every alarm there can be about a number, with a button for each of the usual ones. */
export function alarmForm(visit: Visit, outTradeNo: string): Html {
  const say = (key: keyof typeof deliveryTexts) => deliveryTexts[key][visit.language];
  const option = (value: (typeof namings)[number] | (typeof alarmClaims)[number]) =>
    html`<option value="${value}">${say(value)}</option>`;
  return html`<section class="card">
<h2>${say("alarmTitle")}</h2>
<form method="post" action="/console/alarm" class="form">${formToken}
<input type="hidden" name="outTradeNo" value="${outTradeNo}">
<div class="pair">
${texts.map((name) => html`<label class="field">${say(name)}<input type="text" name="${name}" maxlength="512"></label>`)}
<div class="field"><label for="naming">${say("naming")}</label><select id="naming" name="naming">${namings.map(option)}</select></div>
<div class="field"><label for="alarm-claim">${say("claim")}</label><select id="alarm-claim" name="claim"><option value="">${say("right")}</option>${alarmClaims.map(option)}</select></div>
${numbers.map((name) => html`<label class="field">${say(name)}<input type="number" name="${name}" min="0"></label>`)}
</div>
<button class="main" type="submit">${say("sendAlarm")}</button>
<button type="submit" name="usual" value="twice">${say("twice")}</button>
<button type="submit" name="usual" value="forged">${say("sendForged")}</button>
<p class="quiet">${say("alarmNote")}</p>
</form>
</section>`;
}

/** When WeChat's own clock raises alarms, where they go, and how soon shipping info knows a payment. */
export function deliverySettingsCard(sandbox: Sandbox, visit: Visit): Html {
  const say = (key: keyof typeof deliveryTexts) => deliveryTexts[key][visit.language];
  const alarms = readAlarmSettings(sandbox.ledger);
  const { knownAfterMs } = readShippingSettings(sandbox.ledger);
  const hours = alarms.lateAfterMs === null ? null : alarms.lateAfterMs / 3_600_000;
  return html`<section class="card">
<h2>${say("settings")}</h2>
<form method="post" action="/console/delivery-settings" class="form">${formToken}
<label class="field">${say("lateHours")}<input type="number" name="lateHours" min="0" step="any" value="${hours}"></label>
<label class="tickbox"><input type="checkbox" name="never" value="yes"${alarms.lateAfterMs === null ? html` checked` : null}>${say("never")}</label>
<label class="field">${say("url")}<input type="text" name="url" maxlength="256" value="${alarms.url}"></label>
<label class="field">${say("knownSeconds")}<input type="number" name="knownSeconds" min="0" step="any" value="${knownAfterMs / 1000}"></label>
<button class="main" type="submit">${say("save")}</button>
<button type="submit" formaction="/console/alarm">${say("alarmAboutNothing")}</button>
</form>
</section>`;
}

export function tokensCard(visit: Visit): Html {
  const say = (key: keyof typeof deliveryTexts) => deliveryTexts[key][visit.language];
  return html`<section class="card">
<h2>${say("tokens")}</h2>
<p class="quiet">${say("tokensNote")}</p>
<form method="post" action="/console/expire-token" class="form">${formToken}
<button type="submit" name="app" value="official">${say("expireOfficial")}</button>
<button type="submit" name="app" value="mini">${say("expireMini")}</button>
</form>
</section>`;
}
