import type { ProductKind } from "@/lib/db/schema/catalog";
import type { Settings } from "@/lib/settings/definitions";

const hourMs = 60 * 60_000;

/** What WeChat gives a merchant from the payment to the report: 72 hours for goods that are sent, 24 for all others. */
export const deliveryTimeMs: Record<ProductKind, number> = { physical: 72 * hourMs, virtual: 24 * hourMs };

export const urgencies = ["late", "near", "ahead"] as const;
export type Urgency = (typeof urgencies)[number];

type NearFrom = Pick<Settings, "escalateSecondPercent">;

/**
 * Before which moment a deadline is near: when less is left than orders of this kind usually have at the second level.
 * Counted back from the deadline, so that a moved one is not near for days.
 */
export function nearBefore(kind: ProductKind, now: Date, settings: NearFrom): Date {
  return new Date(now.getTime() + (deliveryTimeMs[kind] * (100 - settings.escalateSecondPercent)) / 100);
}

export function urgencyOf(
  order: { kind: ProductKind; deliverBy: Date },
  now: Date,
  settings: NearFrom,
): Urgency {
  if (order.deliverBy < now) return "late";
  return order.deliverBy < nearBefore(order.kind, now, settings) ? "near" : "ahead";
}
