import { type Html, html } from "@/lib/sandbox/html";
import { listCalls } from "@/lib/sandbox/ledger/calls";
import { type Notification, notificationsOf } from "@/lib/sandbox/ledger/notifications";
import type { Transaction } from "@/lib/sandbox/ledger/transactions";
import { type Try, triesOf } from "@/lib/sandbox/ledger/tries";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { consoleTexts, notificationStates } from "@/lib/sandbox/web/console-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import { orderTexts } from "@/lib/sandbox/web/order-texts";
import { table } from "@/lib/sandbox/web/table";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing, yuan } from "@/lib/sandbox/web/words";

export function transactionList(visit: Visit, transactions: Transaction[]): Html {
  const say = (key: keyof typeof orderTexts) => orderTexts[key][visit.language];
  if (transactions.length === 0) return html`<p class="quiet">${say("noTransactions")}</p>`;
  const rows = transactions.map(
    (one) =>
      html`<tr><td class="number">${one.transactionId}</td><td class="money">${yuan(one.totalFen)}</td><td class="number">${one.openid}</td><td class="time">${beijing(one.paidAt)}</td></tr>`,
  );
  const heads = [say("transactionId"), consoleTexts.amount[visit.language], "openid", say("paidAt")];
  return table("transactions", heads, rows, 1);
}

export function notificationList(sandbox: Sandbox, visit: Visit, outTradeNo: string): Html {
  const say = (key: keyof typeof orderTexts) => orderTexts[key][visit.language];
  const notifications = notificationsOf(sandbox.ledger, outTradeNo);
  if (notifications.length === 0) return html`<p class="quiet">${say("noNotifications")}</p>`;
  const rows = notifications.map((one) => notificationRow(sandbox, visit, one));
  const heads = [
    say("what"),
    consoleTexts.state[visit.language],
    say("tries"),
    say("next"),
    consoleTexts.action[visit.language],
  ];
  return table("notifications", heads, rows);
}

function notificationRow(sandbox: Sandbox, visit: Visit, one: Notification): Html {
  const state = notificationStates[one.status]?.[visit.language] ?? one.status;
  const tone = one.status === "accepted" ? " good" : one.status === "given_up" ? " bad" : "";
  const tries = triesOf(sandbox.ledger, one.id);
  return html`<tr>
<td class="what"><strong>${one.label}</strong><br><span class="quiet number">${one.outRefundNo ?? one.transactionId}</span><details><summary>XML</summary><pre>${one.body.replaceAll("><", ">\n<")}</pre></details></td>
<td><span class="state${tone}">${state}</span></td>
<td><ol class="trail">${tries.map(tryLine)}</ol></td>
<td class="time">${one.nextAt === null ? "–" : beijing(one.nextAt)}</td>
<td><form method="post" action="/console/resend">${formToken}<input type="hidden" name="id" value="${one.id}"><button type="submit">${orderTexts.resend[visit.language]}</button></form></td>
</tr>`;
}

function tryLine(attempt: Try): Html {
  const status = attempt.httpStatus === null ? "" : `HTTP ${attempt.httpStatus}`;
  const answer = attempt.outcome === "accepted" ? "" : (attempt.answer ?? "").slice(0, 160);
  return html`<li>${beijing(attempt.at)} · ${attempt.outcome} ${status} · ${attempt.tookMs} ms ${answer === "" ? null : html`<br><span class="quiet number">${answer}</span>`}</li>`;
}

export function callList(sandbox: Sandbox, visit: Visit, outTradeNo: string): Html {
  const say = (key: keyof typeof orderTexts) => orderTexts[key][visit.language];
  const calls = listCalls(sandbox.ledger, { outTradeNo, limit: 50 });
  if (calls.length === 0) return html`<p class="quiet">${say("noCalls")}</p>`;
  const rows = calls.map(
    (one) =>
      html`<tr><td class="time">${beijing(one.at)}</td><td>${one.call}</td><td>${one.outcome}</td><td>${one.fault ?? "–"}</td></tr>`,
  );
  const heads = [say("at"), say("call"), say("answer"), consoleTexts.fault[visit.language]];
  return table("calls", heads, rows);
}
