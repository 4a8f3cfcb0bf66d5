import type { Answer } from "@/lib/sandbox/answer";
import { type Html, html } from "@/lib/sandbox/html";
import { findOrder, type Order } from "@/lib/sandbox/ledger/orders";
import { latestPrepay } from "@/lib/sandbox/ledger/prepays";
import { tradeStateOf, transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { whyNotPayable } from "@/lib/sandbox/payments/pay";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { deliveryTexts } from "@/lib/sandbox/web/delivery-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import { orderTexts } from "@/lib/sandbox/web/order-texts";
import { page } from "@/lib/sandbox/web/page";
import { refundTexts } from "@/lib/sandbox/web/refund-texts";
import { alarmForm } from "@/lib/sandbox/web/show-alarm-form";
import { stateChip } from "@/lib/sandbox/web/show-console";
import { confirmForm, reportList, uploadList } from "@/lib/sandbox/web/show-deliveries";
import { callList, notificationList, transactionList } from "@/lib/sandbox/web/show-history";
import { payForm } from "@/lib/sandbox/web/show-pay-form";
import { refundForm } from "@/lib/sandbox/web/show-refund-form";
import { refundList } from "@/lib/sandbox/web/show-refunds";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing, said, tradeTypes, yuan } from "@/lib/sandbox/web/words";

/** GET /console/orders/<out_trade_no>: one number, its whole history, and every way to pay it and to pay it back. */
export function showOrder(sandbox: Sandbox, visit: Visit, outTradeNo: string): Answer {
  const say = (key: keyof typeof orderTexts) => orderTexts[key][visit.language];
  const order = findOrder(sandbox.ledger, outTradeNo);
  const back = html`<p><a href="/console">← ${say("back")}</a></p>`;
  if (!order) {
    const body = html`${back}<h1>${say("unknown")}</h1>`;
    return page(visit, { title: say("unknown"), body, width: "wide", status: 404 });
  }
  const transactions = transactionsOf(sandbox.ledger, outTradeNo);
  const [paid] = transactions;
  const state = tradeStateOf(sandbox.ledger, order, transactions);
  const body = html`${back}
<h1><span class="number">${outTradeNo}</span> ${stateChip(visit, state)}</h1>
${said(visit)}
<div class="columns">
${facts(sandbox, visit, order)}
${payForm(visit, order)}
${paid ? refundForm(sandbox, visit, paid) : null}
${alarmForm(visit, outTradeNo)}
</div>
<h2 id="transactions">${say("transactions")}</h2>
${transactionList(visit, transactions)}
<h2 id="refunds">${refundTexts.refunds[visit.language]}</h2>
${refundList(sandbox, visit, outTradeNo)}
<h2 id="reports">${deliveryTexts.reports[visit.language]}</h2>
${reportList(sandbox, visit, outTradeNo)}
<h2 id="uploads">${deliveryTexts.uploads[visit.language]}</h2>
${uploadList(sandbox, visit, outTradeNo)}
<h2 id="notifications">${say("notifications")}</h2>
${notificationList(sandbox, visit, outTradeNo)}
<h2 id="calls">${say("calls")}</h2>
${callList(sandbox, visit, outTradeNo)}`;
  return page(visit, { title: outTradeNo, body, width: "wide" });
}

function facts(sandbox: Sandbox, visit: Visit, order: Order): Html {
  const say = (key: keyof typeof orderTexts) => orderTexts[key][visit.language];
  const rows: [string, string | null][] = [
    [say("goods"), order.body],
    [say("amount"), yuan(order.totalFen)],
    [say("tradeType"), tradeTypes[order.tradeType]?.[visit.language] ?? order.tradeType],
    [say("signType"), order.signType],
    [say("openid"), order.openid],
    [say("created"), beijing(order.createdAt)],
    [say("expires"), order.expiresAt === null ? null : beijing(order.expiresAt)],
    [say("closed"), order.closedAt === null ? null : beijing(order.closedAt)],
    [say("notifyUrl"), order.notifyUrl],
  ];
  return html`<section class="card">
<h2>${say("facts")}</h2>
<dl class="facts">${rows.filter(([, value]) => value !== null).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<div class="actions">
${cashierLink(sandbox, visit, order)}
<form method="post" action="/console/close">${formToken}<input type="hidden" name="outTradeNo" value="${order.outTradeNo}"><button type="submit">${say("closeOrder")}</button></form>
${transactionsOf(sandbox.ledger, order.outTradeNo).length > 0 ? confirmForm(visit, order.outTradeNo) : null}
</div>
</section>`;
}

/** JSAPI orders are paid in the shop's page, the others have a page of their own. */
function cashierLink(sandbox: Sandbox, visit: Visit, order: Order): Html | null {
  const prepay = latestPrepay(sandbox.ledger, order.outTradeNo);
  if (!prepay || order.tradeType === "JSAPI" || whyNotPayable(sandbox, order)) return null;
  const path =
    order.tradeType === "NATIVE"
      ? `/cashier?pr=${prepay.code}`
      : `/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=${prepay.prepayId}`;
  return html`<a class="main" href="${path}">${orderTexts.cashier[visit.language]}</a>`;
}
