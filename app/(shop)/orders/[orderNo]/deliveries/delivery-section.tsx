import { useTranslations } from "next-intl";
import type { OrderView } from "@/lib/orders/find-order";
import cards from "../cards.module.css";
import { DeliveryCard } from "./delivery-card";

/** What has left of an order, newest first, each parcel with its number, each virtual handing-over with its content. */
export function DeliverySection({ order, timeZone }: { order: OrderView; timeZone: string }) {
  const t = useTranslations("shop.deliveries");
  if (order.deliveries.length === 0) return null;
  const isWhole = order.deliveries.length === 1 && order.status !== "paid";
  return (
    <section>
      <h2 className="weui-cells__title">{t("title")}</h2>
      <ul className={cards.cards}>
        {order.deliveries
          .map((delivery, at) => ({ delivery, place: at + 1 }))
          .toReversed()
          .map(({ delivery, place }) => (
            <DeliveryCard
              key={place}
              delivery={delivery}
              place={isWhole ? null : place}
              timeZone={timeZone}
            />
          ))}
      </ul>
    </section>
  );
}
