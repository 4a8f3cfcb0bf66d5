import { z } from "zod";
import { announceAlarm } from "@/lib/alarms/announce-alarm";
import { sealEntries } from "@/lib/audit/seal-entries";
import { followDelivery } from "@/lib/deliveries/announce-delivery";
import { deliverVirtual } from "@/lib/deliveries/deliver-virtual";
import { deliverWaiting } from "@/lib/deliveries/deliver-waiting";
import { escalateDeadlines } from "@/lib/deliveries/escalate-deadlines";
import { oweReport } from "@/lib/deliveries/owe-report";
import { reportDelivery } from "@/lib/deliveries/report-delivery";
import { requeueReports } from "@/lib/deliveries/requeue-reports";
import { writeExport } from "@/lib/exports/write-export";
import { keepDays } from "@/lib/figures/keep-days";
import { sendMessages } from "@/lib/messages/send-messages";
import { applyStored } from "@/lib/notifications/apply-stored";
import { announcePaidOrder } from "@/lib/orders/announce-paid-order";
import { closeOrder } from "@/lib/orders/close-order";
import { completeOrder } from "@/lib/orders/complete-order";
import { askNow } from "@/lib/payments/ask-now";
import { climbQueryLadder } from "@/lib/payments/climb-query-ladder";
import { closeSupersededPayment } from "@/lib/payments/close-superseded-payment";
import { followAnnouncement } from "@/lib/refunds/announce-refund";
import { checkCertificate } from "@/lib/refunds/check-certificate";
import { climbRefundLadder } from "@/lib/refunds/climb-refund-ladder";
import { findRefunds } from "@/lib/refunds/find-refunds";
import { refundSurplus } from "@/lib/refunds/refund-surplus";
import { sendRefund } from "@/lib/refunds/send-refund";
import type { Shop } from "@/lib/shop";
import { forgetOldRows } from "./forget-old-rows";

const OfOrder = z.object({ orderId: z.number() });
const OfPayment = z.object({ paymentId: z.number() });
const OfReceipt = z.object({ receiptId: z.number(), force: z.boolean().optional() });
const OfRefund = z.object({ refundId: z.number(), force: z.boolean().optional() });
const OfVariant = z.object({ variantId: z.number() });
const OfAlarm = z.object({ alarmId: z.number() });
const OfExport = z.object({ exportId: z.number() });
const OfNotification = z.object({ notificationId: z.number() });

/** Which task calls which verb. Every task may run twice: what it calls looks at the rows, not at the job. */
export const tasks: Record<string, (shop: Shop, payload: unknown) => Promise<void>> = {
  query_payment: (shop, payload) => climbQueryLadder(shop, OfPayment.parse(payload).paymentId),
  ask_now: (shop, payload) => askNow(shop, OfPayment.parse(payload).paymentId),
  close_payment: (shop, payload) => closeSupersededPayment(shop, OfPayment.parse(payload).paymentId),
  close_order: (shop, payload) => closeOrder(shop, OfOrder.parse(payload).orderId),
  order_paid: (shop, payload) => announcePaidOrder(shop, OfOrder.parse(payload).orderId),
  surplus_received: (shop, payload) => refundSurplus(shop, OfReceipt.parse(payload).receiptId),
  send_refund: (shop, payload) => {
    const { refundId, force = false } = OfRefund.parse(payload);
    return sendRefund(shop, refundId, { force });
  },
  query_refund: (shop, payload) => climbRefundLadder(shop, OfRefund.parse(payload).refundId),
  find_refunds: (shop, payload) => findRefunds(shop, OfReceipt.parse(payload).receiptId),
  refund_changed: (shop, payload) => followAnnouncement(shop, OfRefund.parse(payload).refundId),
  apply_refund_notification: (shop, payload) =>
    applyStored(shop, OfNotification.parse(payload).notificationId),
  delivery_changed: (shop, payload) => followDelivery(shop, OfOrder.parse(payload).orderId),
  deliver_virtual: (shop, payload) => deliverVirtual(shop, OfOrder.parse(payload).orderId),
  deliver_waiting: (shop, payload) => deliverWaiting(shop, OfVariant.parse(payload).variantId),
  complete_order: (shop, payload) => completeOrder(shop, OfOrder.parse(payload).orderId),
  owe_report: (shop, payload) => oweReport(shop, OfReceipt.parse(payload).receiptId),
  report_delivery: (shop, payload) => {
    const { receiptId, force = false } = OfReceipt.parse(payload);
    return reportDelivery(shop, receiptId, { force });
  },
  requeue_reports: (shop) => requeueReports(shop),
  alarm_raised: (shop, payload) => announceAlarm(shop, OfAlarm.parse(payload).alarmId),
  escalate_deadlines: (shop) => escalateDeadlines(shop),
  send_messages: (shop) => sendMessages(shop),
  keep_days: (shop) => keepDays(shop),
  check_certificate: (shop) => checkCertificate(shop),
  export_list: (shop, payload) => writeExport(shop, OfExport.parse(payload).exportId),
  seal_audit: async (shop) => {
    await sealEntries(shop);
  },
  forget_old_rows: (shop) => forgetOldRows(shop),
};
