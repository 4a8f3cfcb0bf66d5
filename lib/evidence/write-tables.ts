import { yuanText } from "@/lib/sheets/table";
import { csvFile } from "@/lib/sheets/write-csv";
import { eventRow } from "./event-row";
import type { EvidenceWords } from "./evidence-words";
import type { Evidence } from "./read-evidence";
import { signatureVerdict } from "./signature-verdict";

type Columns = keyof EvidenceWords["texts"]["columns"];
type Table = { columns: Columns[]; rows: string[][] };

/** The tables of an evidence file by their names, for a spreadsheet: amounts in yuan, codes in words. */
export function writeTables(of: Evidence, words: EvidenceWords) {
  const tables = {
    timeline_csv: {
      columns: ["at", "who", "event", "number", "detail"],
      rows: of.events.map((event) => eventRow(event, words)),
    },
    order_csv: orderTable(of, words),
    lines_csv: lineTable(of),
    payments_csv: paymentTable(of, words),
    receipts_csv: receiptTable(of, words),
    refunds_csv: refundTable(of, words),
    deliveries_csv: deliveryTable(of, words),
    reports_csv: reportTable(of, words),
    calls_csv: callTable(of, words),
    notifications_csv: notificationTable(of, words),
  } satisfies Record<string, Table>;
  return Object.entries(tables).map(([name, { columns, rows }]) => ({
    name: name as keyof typeof tables,
    csv: csvFile([columns.map((column) => words.texts.columns[column]), ...rows]),
  }));
}

function orderTable({ order }: Evidence, { term, time }: EvidenceWords): Table {
  const { name, phone, province, city, district, address } = order.recipient ?? nobody;
  return {
    columns: [
      ...(["number", "status", "created", "paid", "deliverBy", "goodsSum", "freight", "total"] as const),
      ...(["name", "phone", "recipientAddress", "buyerNote"] as const),
    ],
    rows: [
      [
        ...[order.orderNo, term("orderStatus", order.status)],
        ...[order.createdAt, order.paidAt, order.deliverBy].map(time),
        ...[order.goodsFen, order.freightFen, order.totalFen].map(yuanText),
        ...[name, phone, `${province}${city}${district}${address}`, order.note ?? ""],
      ],
    ],
  };
}

const nobody = { name: "", phone: "", province: "", city: "", district: "", address: "" }; // Virtual goods go to nobody.

function lineTable({ order }: Evidence): Table {
  return {
    columns: ["item", "sku", "price", "quantity", "shipped", "dropped", "sum"],
    rows: order.lines.map((line) => [
      ...[line.title, line.sku, yuanText(line.priceFen)],
      ...[line.quantity, line.shipped, line.dropped].map(String),
      yuanText(line.priceFen * line.quantity),
    ]),
  };
}

function paymentTable({ order }: Evidence, { term, time }: EvidenceWords): Table {
  return {
    columns: ["outTradeNo", "transactionId", "type", "signType", "status", "amount", "created", "paid"],
    rows: order.payments.map((payment) => [
      ...[payment.outTradeNo, payment.transactionId ?? "", term("tradeType", payment.tradeType)],
      ...[payment.signType, term("paymentStatus", payment.status), yuanText(payment.totalFen)],
      ...[time(payment.createdAt), time(payment.paidAt)],
    ]),
  };
}

function receiptTable({ order }: Evidence, { term, time }: EvidenceWords): Table {
  return {
    columns: [
      "transactionId",
      "outTradeNo",
      "amount",
      "currency",
      "verdict",
      "reason",
      "source",
      "payer",
      "paid",
    ],
    rows: order.receipts.map((receipt) => [
      ...[receipt.transactionId, receipt.outTradeNo, yuanText(receipt.totalFen), receipt.feeType],
      ...[receipt.verdict, receipt.reason ?? "", term("moneySource", receipt.source)],
      ...[receipt.payer ?? "", time(receipt.paidAt)],
    ]),
  };
}

function refundTable({ refunds }: Evidence, { term, time }: EvidenceWords): Table {
  return {
    columns: [
      ...(["refundNo", "refundId", "transactionId", "status", "asked", "amount", "reason"] as const),
      ...(["created", "decided", "settled", "account", "tries", "error"] as const),
    ],
    rows: refunds.map((refund) => [
      ...[refund.outRefundNo, refund.refundId ?? "", refund.transactionId],
      ...[term("refundStatus", refund.status), yuanText(refund.requestedFen), yuanText(refund.refundFen)],
      ...[term("refundReason", refund.reason), time(refund.createdAt), time(refund.decidedAt)],
      time(refund.settledAt ?? refund.manualPaidAt),
      refund.recvAccount ?? [refund.manualMethod, refund.manualReference].filter(Boolean).join(" "),
      String(refund.attempts),
      [refund.errorCode, refund.errorText].filter(Boolean).join(" "),
    ]),
  };
}

function deliveryTable({ deliveries }: Evidence, { term, time }: EvidenceWords): Table {
  return {
    columns: ["parcel", "kind", "carrier", "trackingNo", "lines", "by", "at", "status", "ended", "reason"],
    rows: deliveries.map((delivery) => [
      ...[String(delivery.number), term("deliveryKind", delivery.kind), term("carrier", delivery.carrier)],
      delivery.trackingNo ?? "",
      delivery.lines.map(({ title, quantity }) => `${title} × ${quantity}`).join("; "),
      ...[delivery.shippedBy ?? "", time(delivery.shippedAt), term("deliveryStatus", delivery.status)],
      time(delivery.receivedAt ?? delivery.failedAt ?? delivery.voidedAt),
      delivery.failReason ?? "",
    ]),
  };
}

function reportTable({ reports }: Evidence, { term, time, texts }: EvidenceWords): Table {
  const told = (status: number | null) => (status === null ? "partly" : status === 1 ? "yes" : "no");
  return {
    columns: ["transactionId", "channel", "status", "delivered", "tries", "settled", "error"],
    rows: reports.map((report) => [
      ...[report.transactionId, report.channel ?? "", term("reportStatus", report.status)],
      ...[texts.delivered[told(report.deliverStatus)], String(report.attempts), time(report.reportedAt)],
      report.error ? `${report.error.code} ${report.error.text}` : "",
    ]),
  };
}

function callTable({ calls }: Evidence, { time }: EvidenceWords): Table {
  return {
    columns: ["at", "call", "about", "outcome", "error", "took"],
    rows: calls.map((call) => [
      ...[time(call.startedAt), call.call, call.about ?? "", call.outcome, call.errorText ?? ""],
      String(call.tookMs),
    ]),
  };
}

function notificationTable({ notifications }: Evidence, { term, time, texts }: EvidenceWords): Table {
  return {
    columns: [
      "number",
      "at",
      "kind",
      "verdict",
      "signature",
      "answer",
      "reason",
      "copies",
      "transactionId",
      "file",
    ],
    rows: notifications.map((one) => [
      ...[
        String(one.id),
        time(one.at),
        term("notificationKind", one.of),
        term("notificationVerdict", one.verdict),
      ],
      ...[texts.signature[signatureVerdict({ kind: one.of, verdict: one.verdict })], one.answer],
      ...[one.reason ?? "", String(one.copies), one.transactionId ?? "", notificationFile(one)],
    ]),
  };
}

export function notificationFile({ id }: { id: number }): string {
  return `notifications/${id}.txt`;
}
