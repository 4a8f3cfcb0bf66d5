import { useTranslations } from "next-intl";
import type { AlarmStatus } from "@/lib/alarms/state";
import type { NotificationVerdict } from "@/lib/db/schema/notifications";
import type { DeliveryStatus } from "@/lib/deliveries/state";
import type { OrderStatus } from "@/lib/orders/state";
import type { PaymentStatus } from "@/lib/payments/state";
import { isRefused, type Standing } from "@/lib/refunds/queues";
import type { RefundStatus } from "@/lib/refunds/state";
import { Mark, type Shape, type Tone } from "./mark";

type Look = [Shape, Tone];

/** Green is money received and nothing else. */
const orderLooks: Record<OrderStatus, Look> = {
  pending: ["hollow", "plain"],
  closing: ["half", "soft"],
  closed: ["bar", "soft"],
  paid: ["full", "money"],
  shipped: ["half", "accent"],
  completed: ["full", "accent"],
};

export function OrderStatusMark({
  status,
  closedReason,
}: {
  status: OrderStatus;
  closedReason: string | null;
}) {
  const t = useTranslations();
  const [shape, tone] = orderLooks[status];
  const reasons = { cancelled: "cancelled", expired: "expired", refunded: "refunded" } as const;
  const reason = reasons[closedReason as keyof typeof reasons];
  return (
    <Mark shape={shape} tone={tone}>
      {t(`common.orderStatus.${status}`)}
      {reason && <span className="text-soft text-s">{t(`desk.closedReason.${reason}`)}</span>}
    </Mark>
  );
}

const paymentLooks: Record<PaymentStatus, Look> = {
  created: ["hollow", "soft"],
  open: ["hollow", "plain"],
  paid: ["full", "money"],
  closed: ["bar", "soft"],
};

export function PaymentStatusMark({ status }: { status: PaymentStatus }) {
  const t = useTranslations("desk.paymentStatus");
  const [shape, tone] = paymentLooks[status];
  return (
    <Mark shape={shape} tone={tone}>
      {t(status)}
    </Mark>
  );
}

/** Money that goes back is never green. */
const refundLooks: Record<RefundStatus | "refused" | "paidByHand", Look> = {
  requested: ["hollow", "plain"],
  approved: ["half", "accent"],
  awaiting_return: ["half", "plain"],
  sending: ["half", "accent"],
  refused: ["wedge", "danger"],
  accepted: ["half", "accent"],
  abnormal: ["wedge", "danger"],
  succeeded: ["full", "plain"],
  closed: ["bar", "soft"],
  rejected: ["bar", "soft"],
  withdrawn: ["bar", "soft"],
  manual: ["wedge", "warn"],
  paidByHand: ["full", "plain"],
};

export function RefundStatusMark({ refund }: { refund: Standing }) {
  const t = useTranslations("desk.refundStatus");
  const shown = isRefused(refund) ? "refused" : byHand(refund);
  const [shape, tone] = refundLooks[shown];
  return (
    <Mark shape={shape} tone={tone}>
      <span className="whitespace-normal">{t(shown)}</span>
    </Mark>
  );
}

function byHand({ status, manualPaidAt }: Standing) {
  return status === "manual" && manualPaidAt ? "paidByHand" : status;
}

const deliveryLooks: Record<DeliveryStatus, Look> = {
  shipped: ["half", "accent"],
  received: ["full", "plain"],
  failed: ["wedge", "danger"],
  voided: ["bar", "soft"],
};

export function DeliveryStatusMark({ status }: { status: DeliveryStatus }) {
  const t = useTranslations("desk.deliveryStatus");
  const [shape, tone] = deliveryLooks[status];
  return (
    <Mark shape={shape} tone={tone}>
      {t(status)}
    </Mark>
  );
}

export const verdictLooks: Record<NotificationVerdict, Look> = {
  paid: ["full", "money"],
  revived: ["full", "money"],
  late: ["wedge", "warn"],
  surplus: ["wedge", "warn"],
  second_transaction: ["wedge", "warn"],
  repeated: ["half", "soft"],
  mismatch: ["wedge", "danger"],
  unknown: ["wedge", "danger"],
  not_paid: ["bar", "soft"],
  not_ours: ["wedge", "danger"],
  weaker_signature: ["wedge", "danger"],
  forged: ["wedge", "danger"],
  malformed: ["wedge", "warn"],
  unverified: ["wedge", "warn"],
  applied: ["full", "plain"],
  portal: ["half", "accent"],
  stored: ["half", "plain"],
  failed: ["wedge", "danger"],
};

export function VerdictMark({ verdict }: { verdict: NotificationVerdict }) {
  const t = useTranslations("desk.verdict");
  const [shape, tone] = verdictLooks[verdict];
  return (
    <Mark shape={shape} tone={tone}>
      {t(verdict)}
    </Mark>
  );
}

const alarmLooks: Record<AlarmStatus, Look> = {
  open: ["wedge", "danger"],
  acknowledged: ["half", "warn"],
  resolved: ["bar", "soft"],
};

export function AlarmStatusMark({ status }: { status: AlarmStatus }) {
  const t = useTranslations("desk.alarmStatus");
  const [shape, tone] = alarmLooks[status];
  return (
    <Mark shape={shape} tone={tone}>
      {t(status)}
    </Mark>
  );
}
