import { useTranslations } from "next-intl";
import type { alarmStatuses, NotificationVerdict } from "@/lib/db/schema";
import type { OrderStatus } from "@/lib/orders/state";
import type { PaymentStatus } from "@/lib/payments/state";
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

const alarmLooks: Record<(typeof alarmStatuses)[number], Look> = {
  open: ["wedge", "danger"],
  acknowledged: ["half", "warn"],
  resolved: ["bar", "soft"],
};

export function AlarmStatusMark({ status }: { status: (typeof alarmStatuses)[number] }) {
  const t = useTranslations("desk.alarmStatus");
  const [shape, tone] = alarmLooks[status];
  return (
    <Mark shape={shape} tone={tone}>
      {t(status)}
    </Mark>
  );
}
