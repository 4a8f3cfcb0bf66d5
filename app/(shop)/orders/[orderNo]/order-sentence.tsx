import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { formatMoment } from "@/app/ui/moment";
import type { OrderView } from "@/lib/orders/find-order";
import { surplusLeftFen } from "./refunds/surplus-left";

/** What happened to an order, in one sentence. */
export function OrderSentence({ order, now, timeZone }: { order: OrderView; now: Date; timeZone: string }) {
  const t = useTranslations("shop.order");
  const locale = useLocale();
  const clock = (at: string) => formatMoment(new Date(at), { locale, timeZone, style: "short" });
  const { closedReason, paidAt, expiresAt } = order;

  switch (order.status) {
    case "pending":
      return new Date(expiresAt) > now ? t("pendingText", { at: clock(expiresAt) }) : t("overdueText");
    case "closing":
      return t(`closingText.${closedReason === "cancelled" ? closedReason : "expired"}`);
    case "closed": {
      const reason = closedReason ?? "expired";
      if (reason === "refunded" || order.surplusFen === 0) return t(`closedText.${reason}`);
      const amount = formatFen(order.surplusFen, locale);
      return t(`${surplusLeftFen(order) > 0 ? "lateText" : "lateIsBackText"}.${reason}`, { amount });
    }
    case "paid": {
      if (order.deliveries.length > 0) return t("partlyShippedText");
      const at = clock(paidAt ?? order.createdAt);
      if (order.isRevived) return t("revivedText", { at });
      return t(paidAt && paidAt > expiresAt ? "paidLateText" : "paidText", { at });
    }
    case "shipped":
      return t(shippedText(order));
    case "completed":
      return t("completedText");
  }
}

/** Parcels that wait to be received, and the one that never arrives, which matters more. */
function shippedText({ kind, deliveries }: OrderView) {
  if (deliveries.some(({ status, isReplaced }) => status === "failed" && !isReplaced)) return "failedText";
  if (kind === "virtual") return "deliveredText";
  return deliveries.every((delivery) => delivery.kind === "pickup") ? "pickedUpText" : "shippedText";
}
