import { useTranslations } from "next-intl";
import type { ListedOrder } from "@/lib/orders/describe-orders";

/** What a person should know before they act on an order: the buyer asks, the buyer wrote, a colleague wrote. */
export function OrderHints({ order }: { order: ListedOrder }) {
  const t = useTranslations("lists.hints");
  const hints = [
    order.reminders > 0 && t("reminders", { count: order.reminders }),
    order.hasNote && t("buyerNote"),
    order.staffNotes > 0 && t("staffNotes", { count: order.staffNotes }),
  ].filter((hint) => hint !== false);
  return hints.length > 0 && <div className="text-s text-warn">{hints.join(" · ")}</div>;
}
