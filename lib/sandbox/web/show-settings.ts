import { describePlan } from "@/lib/sandbox/describe-plan";
import { type ArmedFault, listFaults } from "@/lib/sandbox/faults/arm";
import { answeredCalls } from "@/lib/sandbox/faults/fault";
import { type Html, html } from "@/lib/sandbox/html";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { consoleTexts } from "@/lib/sandbox/web/console-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing } from "@/lib/sandbox/web/words";

/** What is armed, and the form that arms more. Payments that go wrong are planned on an order's page. */
export function faultsCard(sandbox: Sandbox, visit: Visit): Html {
  const say = (key: keyof typeof consoleTexts) => consoleTexts[key][visit.language];
  const armed = listFaults(sandbox.ledger);
  const choices = answeredCalls.map(
    ([call, kinds]) =>
      html`<optgroup label="${call}">${kinds.map((kind) => html`<option value="${call} ${kind}">${call}: ${kind}</option>`)}</optgroup>`,
  );
  return html`<section class="card">
<h2>${say("faults")}</h2>
${armed.length === 0 ? html`<p class="quiet">${say("noFaults")}</p>` : armedList(visit, armed)}
<h2>${say("armTitle")}</h2>
<form method="post" action="/console/fault" class="form">${formToken}
<div class="field"><label for="fault">${say("fault")}</label><select id="fault" name="fault">${choices}</select></div>
<div class="pair">
<label class="field">${say("onlyNumber")}<input type="text" name="outTradeNo" maxlength="64"></label>
<label class="field">${say("times")}<input type="number" name="times" min="1" max="1000" value="1"></label>
<label class="field">${say("delaySeconds")}<input type="number" name="delaySeconds" min="1" max="120"></label>
<label class="field">${say("code")}<input type="text" name="code" maxlength="32"></label>
</div>
<button class="main" type="submit">${say("arm")}</button>
</form>
</section>`;
}

function armedList(visit: Visit, armed: ArmedFault[]): Html {
  const rows = armed.map(
    (fault) => html`<tr><td><strong>${fault.call}: ${fault.kind}</strong> ×${fault.remaining}
<span class="quiet number">${fault.outTradeNo} ${fault.options.plan ? describePlan(fault.options.plan) : null} ${fault.options.refundPlan ? describePlan(fault.options.refundPlan, "SUCCESS") : null} ${fault.options.code}</span></td>
<td>${disarmForm(visit, fault.id)}</td></tr>`,
  );
  return html`<table class="armed"><tbody>${rows}</tbody></table>${disarmForm(visit, null)}`;
}

function disarmForm(visit: Visit, id: number | null): Html {
  const word = consoleTexts[id === null ? "disarmAll" : "disarm"][visit.language];
  return html`<form method="post" action="/console/disarm">${formToken}<input type="hidden" name="id" value="${id}"><button type="submit">${word}</button></form>`;
}

export function clockCard(sandbox: Sandbox, visit: Visit): Html {
  const say = (key: keyof typeof consoleTexts) => consoleTexts[key][visit.language];
  const { clock } = sandbox;
  return html`<section class="card">
<h2>${say("clock")}</h2>
<dl class="facts">
<div><dt>${say("clockNow")}</dt><dd>${beijing(clock.now())}</dd></div>
</dl>
<form method="post" action="/console/clock" class="form">${formToken}
<label class="field">${say("factor")}<input type="number" name="factor" min="0.01" max="100000" step="any" value="${clock.factor()}"></label>
<label class="field">${say("advanceMinutes")}<input type="number" name="advanceMinutes" min="0" max="527040"></label>
<div class="row"><button class="main" type="submit">${say("apply")}</button>
<button type="submit" name="reset" value="yes">${say("reset")}</button></div>
</form>
</section>`;
}
