import { type Html, html } from "@/lib/sandbox/html";
import { countRefundCalls } from "@/lib/sandbox/ledger/calls";
import { countPaidOut, purseOfAccount } from "@/lib/sandbox/ledger/purses";
import { listRefunds, type Refund } from "@/lib/sandbox/ledger/refunds";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { consoleTexts } from "@/lib/sandbox/web/console-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import { refundSources, refundStates, refundTexts } from "@/lib/sandbox/web/refund-texts";
import { table } from "@/lib/sandbox/web/table";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing, yuan } from "@/lib/sandbox/web/words";

const mostShown = 100;

/** A number's refunds, newest first, each with the ends it can still come to. */
export function refundList(sandbox: Sandbox, visit: Visit, outTradeNo: string): Html {
  const say = (key: keyof typeof refundTexts) => refundTexts[key][visit.language];
  const refunds = listRefunds(sandbox.ledger, { outTradeNo, limit: mostShown });
  if (refunds.length === 0) return html`<p class="quiet">${say("noRefunds")}</p>`;
  const heads = [
    say("number"),
    say("amount"),
    consoleTexts.state[visit.language],
    say("to"),
    say("from"),
    say("asked"),
    say("at"),
    consoleTexts.action[visit.language],
  ];
  const rows = refunds.map((one) => refundRow(sandbox, visit, one));
  return table("refunds", heads, rows, 1);
}

function refundRow(sandbox: Sandbox, visit: Visit, one: Refund): Html {
  const { language } = visit;
  const bad = one.status === "CHANGE" || one.status === "REFUNDCLOSE" ? " bad" : "";
  const purse = purseOfAccount[one.account] === "recharge" ? "rechargeFunds" : "unsettled";
  const counts = `${countRefundCalls(sandbox.ledger, one.outRefundNo)} / ${countPaidOut(sandbox.ledger, one.refundId)}`;
  return html`<tr>
<td class="number">${one.outRefundNo}<br><span class="quiet number">${one.refundId}</span></td>
<td class="money">${yuan(one.refundFen)}</td>
<td><span class="state${bad}">${refundStates[one.status]?.[language] ?? one.status}</span></td>
<td class="time">${one.recvAccount}</td>
<td>${refundTexts[purse][language]}<br><span class="quiet">${refundSources[one.source]?.[language]} ${one.description}</span></td>
<td>${counts}</td>
<td class="time">${beijing(one.createdAt)}<br><span class="quiet">${settledOrDue(visit, one)}</span></td>
<td>${endings(visit, one)}</td>
</tr>`;
}

function settledOrDue(visit: Visit, one: Refund): string {
  if (one.settledAt !== null) return beijing(one.settledAt);
  if (one.settleAt === null) return refundTexts.whenTold[visit.language];
  return `${refundTexts.until[visit.language]} ${beijing(one.settleAt)}`;
}

const choices = [
  ["SUCCESS", "succeed"],
  ["CHANGE", "change"],
  ["REFUNDCLOSE", "close"],
] as const;

function endings(visit: Visit, one: Refund): Html {
  const open = one.status === "PROCESSING" ? choices : one.status === "CHANGE" ? choices.slice(0, 1) : [];
  if (open.length === 0) return html`–`;
  const buttons = open.map(([status, word]) => {
    const text = refundTexts[word][visit.language];
    return html`<button type="submit" name="status" value="${status}" aria-label="${text} ${one.outRefundNo}">${text}</button>`;
  });
  return html`<form method="post" action="/console/refund" class="row">${formToken}<input type="hidden" name="outTradeNo" value="${one.outTradeNo}"><input type="hidden" name="outRefundNo" value="${one.outRefundNo}">${buttons}</form>`;
}
