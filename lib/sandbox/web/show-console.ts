import type { Answer } from "@/lib/sandbox/answer";
import { type Html, html } from "@/lib/sandbox/html";
import { notificationsOf } from "@/lib/sandbox/ledger/notifications";
import { listOrders, type Order } from "@/lib/sandbox/ledger/orders";
import { readTotals } from "@/lib/sandbox/ledger/totals";
import { tradeStateOf, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { consoleTexts, notificationStates } from "@/lib/sandbox/web/console-texts";
import { deliveryTexts } from "@/lib/sandbox/web/delivery-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import { page } from "@/lib/sandbox/web/page";
import { deliverySettingsCard, tokensCard } from "@/lib/sandbox/web/show-alarm-form";
import { cardsCard } from "@/lib/sandbox/web/show-cards";
import { pursesCard, refundSettingsCard } from "@/lib/sandbox/web/show-purses";
import { clockCard, faultsCard } from "@/lib/sandbox/web/show-settings";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing, said, tradeStates, tradeTypes, yuan } from "@/lib/sandbox/web/words";

const perPage = 50;

/** GET /console: the ledger, newest first, and what can be done to it. */
export function showConsole(sandbox: Sandbox, visit: Visit): Answer {
  const say = (key: keyof typeof consoleTexts) => consoleTexts[key][visit.language];
  const search = (visit.url.searchParams.get("search") ?? "").trim().slice(0, 64);
  const skip = Math.max(0, Math.trunc(Number(visit.url.searchParams.get("skip") ?? 0)) || 0);
  const found = listOrders(sandbox.ledger, { search, skip, limit: perPage + 1 });
  const body = html`
<h1>${say("title")}</h1>
<p class="quiet">${say("intro")} <a href="/buyers">${say("whoAmI")}</a></p>
${said(visit)}
${totals(sandbox, visit)}
<h2 id="orders">${say("orders")}</h2>
<form method="get" action="/console" class="row" role="search">
<label class="hidden" for="search">${say("search")}</label>
<input id="search" type="search" name="search" value="${search}" placeholder="${say("search")}">
<button type="submit">${say("find")}</button>
<a href="/console">${say("refresh")}</a>
</form>
${found.length === 0 ? html`<p class="quiet">${say("noOrders")}</p>` : orderTable(sandbox, visit, found.slice(0, perPage))}
${pages(visit, { search, skip, more: found.length > perPage })}
<div class="columns">
${faultsCard(sandbox, visit)}
${clockCard(sandbox, visit)}
${pursesCard(sandbox, visit)}
${refundSettingsCard(sandbox, visit)}
${deliverySettingsCard(sandbox, visit)}
${tokensCard(visit)}
${cardsCard(sandbox, visit)}
</div>`;
  return page(visit, { title: say("title"), body, width: "wide" });
}

function totals(sandbox: Sandbox, visit: Visit): Html {
  const say = (key: keyof typeof consoleTexts) => consoleTexts[key][visit.language];
  const books = readTotals(sandbox.ledger);
  return html`<dl class="totals">
<div><dt>${say("totalPaid")}</dt><dd class="received">${yuan(books.paidFen)}</dd></div>
<div><dt>${say("totalTransactions")}</dt><dd>${books.transactions}</dd></div>
<div><dt>${say("totalOrders")}</dt><dd>${books.orders}</dd></div>
<div><dt>${say("totalRefunded")}</dt><dd>${yuan(books.refundedFen)}</dd></div>
<div><dt>${say("totalOnTheWay")}</dt><dd>${yuan(books.liveRefundFen - books.refundedFen)}</dd></div>
<div><dt>${say("totalTwice")}</dt><dd>${books.numbersPaidTwice}</dd></div>
<div><dt>${deliveryTexts.totalReports[visit.language]}</dt><dd>${books.reports}</dd></div>
<div><dt>${deliveryTexts.totalAlarms[visit.language]}</dt><dd>${books.alarms}</dd></div>
<div><dt>${say("totalWaiting")}</dt><dd>${books.notificationsWaiting}</dd></div>
<div><dt>${say("totalGivenUp")}</dt><dd>${books.notificationsGivenUp}</dd></div>
</dl>`;
}

function orderTable(sandbox: Sandbox, visit: Visit, orders: Order[]): Html {
  const say = (key: keyof typeof consoleTexts) => consoleTexts[key][visit.language];
  return html`<div class="scroll" role="region" aria-labelledby="orders" tabindex="0"><table>
<thead><tr><th scope="col" class="desk">${say("time")}</th><th scope="col">${say("number")}</th><th scope="col" class="desk">${say("goods")}</th><th scope="col" class="desk">${say("tradeType")}</th><th scope="col" class="money">${say("amount")}</th><th scope="col">${say("state")}</th><th scope="col" class="desk">${say("notification")}</th><th scope="col">${say("action")}</th></tr></thead>
<tbody>${orders.map((order) => orderRow(sandbox, visit, order))}</tbody>
</table></div>`;
}

function orderRow(sandbox: Sandbox, visit: Visit, order: Order): Html {
  const { language } = visit;
  const state = tradeStateOf(sandbox.ledger, order, transactionsOf(sandbox.ledger, order.outTradeNo));
  const newest = notificationsOf(sandbox.ledger, order.outTradeNo)[0];
  const payable = state === "NOTPAY";
  return html`<tr>
<td class="time desk">${beijing(order.createdAt)}</td>
<td class="number"><a href="/console/orders/${encodeURIComponent(order.outTradeNo)}">${order.outTradeNo}</a></td>
<td class="goods desk">${order.body}</td>
<td class="desk">${tradeTypes[order.tradeType]?.[language] ?? order.tradeType}</td>
<td class="money">${yuan(order.totalFen)}</td>
<td>${stateChip(visit, state)}</td>
<td class="desk time">${newest ? html`${notificationStates[newest.status]?.[language]} (${newest.tries})` : "–"}</td>
<td>${payable ? payButton(visit, order) : "–"}</td>
</tr>`;
}

export function stateChip(visit: Visit, state: string): Html {
  return html`<span class="state${state === "SUCCESS" ? html` good` : null}">${tradeStates[state]?.[visit.language] ?? state}</span>`;
}

function payButton(visit: Visit, order: Order): Html {
  const word = consoleTexts.pay[visit.language];
  return html`<form method="post" action="/console/pay">${formToken}<input type="hidden" name="outTradeNo" value="${order.outTradeNo}"><input type="hidden" name="from" value="/console"><button type="submit" aria-label="${word} ${order.outTradeNo}">${word}</button></form>`;
}

function pages(visit: Visit, at: { search: string; skip: number; more: boolean }): Html | null {
  if (at.skip === 0 && !at.more) return null;
  const link = (skip: number, word: string) =>
    html`<a href="/console?${new URLSearchParams({ search: at.search, skip: String(skip) }).toString()}">${word}</a>`;
  return html`<nav class="pages" aria-label="${consoleTexts.orders[visit.language]}">
${at.skip > 0 ? link(Math.max(0, at.skip - perPage), consoleTexts.newer[visit.language]) : null}
${at.more ? link(at.skip + perPage, consoleTexts.older[visit.language]) : null}
</nav>`;
}
