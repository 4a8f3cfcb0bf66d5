import { useTranslations } from "next-intl";
import type { OrderView } from "@/lib/orders/find-order";
import cards from "../cards.module.css";
import { RefundCard } from "./refund-card";

/** What goes back of an order, newest first. */
export function RefundSection({ refunds, timeZone }: { refunds: OrderView["refunds"]; timeZone: string }) {
  const t = useTranslations("shop.refunds");
  if (refunds.length === 0) return null;
  return (
    <section>
      <h2 className="weui-cells__title">{t("title")}</h2>
      <ul className={cards.cards}>
        {refunds.toReversed().map((refund) => (
          <RefundCard key={refund.refundNo} refund={refund} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}
