import { type Html, html } from "@/lib/sandbox/html";
import { listReports } from "@/lib/sandbox/ledger/delivery-reports";
import { listUploads, type ShippingUpload } from "@/lib/sandbox/ledger/shipping-uploads";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import type { Parcel } from "@/lib/sandbox/shipping/parcel";
import { deliveryTexts, logisticsTypes } from "@/lib/sandbox/web/delivery-texts";
import { formToken } from "@/lib/sandbox/web/form-token";
import { table } from "@/lib/sandbox/web/table";
import type { Visit } from "@/lib/sandbox/web/visit";
import { beijing } from "@/lib/sandbox/web/words";

const mostShown = 100;

/** What delivernotify told of a number, newest first. */
export function reportList(sandbox: Sandbox, visit: Visit, outTradeNo: string): Html {
  const say = (key: keyof typeof deliveryTexts) => deliveryTexts[key][visit.language];
  const reports = listReports(sandbox.ledger, { outTradeNo, limit: mostShown });
  if (reports.length === 0) return html`<p class="quiet">${say("noReports")}</p>`;
  const rows = reports.map(
    (one) => html`<tr>
<td class="time">${beijing(one.firstAt)}</td>
<td><span class="state${one.status === 1 ? html` good` : html` bad`}">${say(one.status === 1 ? "delivered" : "notDelivered")}</span></td>
<td>${one.message}<details><summary>JSON</summary><pre>${one.body}</pre></details></td>
<td>${one.copies}</td>
<td class="number">${one.transactionId}</td>
</tr>`,
  );
  return table("reports", [say("at"), say("said"), say("reason"), say("copies"), say("transactionId")], rows);
}

/** The shipping info of a number, newest first. */
export function uploadList(sandbox: Sandbox, visit: Visit, outTradeNo: string): Html {
  const say = (key: keyof typeof deliveryTexts) => deliveryTexts[key][visit.language];
  const uploads = listUploads(sandbox.ledger, { outTradeNo, limit: mostShown });
  if (uploads.length === 0) return html`<p class="quiet">${say("noUploads")}</p>`;
  const rows = uploads.map((one) => uploadRow(visit, one));
  return table("uploads", [say("at"), say("way"), say("extent"), say("parcels"), say("transactionId")], rows);
}

function uploadRow(visit: Visit, one: ShippingUpload): Html {
  const say = (key: keyof typeof deliveryTexts) => deliveryTexts[key][visit.language];
  return html`<tr>
<td class="time">${beijing(one.at)}</td>
<td>${logisticsTypes[one.logisticsType]?.[visit.language]}</td>
<td>${say(one.isAllDelivered ? "all" : "more")}${one.isReship ? html`<br><span class="quiet">${say("again")}</span>` : null}</td>
<td><ol class="trail">${one.parcels.map(parcelLine)}</ol></td>
<td class="number">${one.transactionId}</td>
</tr>`;
}

function parcelLine(one: Parcel): Html {
  return html`<li>${one.express_company} <span class="number">${one.tracking_no}</span> ${one.item_desc}</li>`;
}

/** After it nothing can be shipped any more: order_state 3. */
export function confirmForm(visit: Visit, outTradeNo: string): Html {
  const word = deliveryTexts.confirm[visit.language];
  return html`<form method="post" action="/console/confirm-receipt">${formToken}<input type="hidden" name="outTradeNo" value="${outTradeNo}"><button type="submit">${word}</button></form>`;
}
