import { useTranslations } from "next-intl";
import { outlines, shapeLine } from "@/app/ui/shape-line";
import type { DeliveryView } from "@/lib/orders/read-deliveries";
import cards from "../cards.module.css";
import styles from "./deliveries.module.css";

/** How a delivery stands, as a shape and a word. */
export function DeliveryMark({ delivery: { kind, status } }: { delivery: DeliveryView }) {
  const t = useTranslations("shop.deliveries.status");
  const look = status === "shipped" && (kind === "virtual" || kind === "pickup") ? "handed" : status;
  return (
    <span className={`${cards.mark} ${styles.mark}`} data-look={look}>
      <svg viewBox="0 0 16 16" className={cards.shape} aria-hidden="true">
        {shapes[look]}
      </svg>
      {status === "shipped" ? t(`shipped.${kind}`) : t(status)}
    </span>
  );
}

const shapes: Record<DeliveryView["status"] | "handed", React.ReactNode> = {
  shipped: <path {...shapeLine} d={outlines.van} />,
  // A box with a tick: it is the buyer's.
  handed: <path {...shapeLine} d="M2.2 3.2h11.6v9.6H2.2zM5 8.1l2.1 2.1 3.9-4.4" />,
  received: <path {...shapeLine} d="M2.2 8.4l3.6 3.6 8-8.6" />,
  failed: <path {...shapeLine} d={outlines.wedge} />,
};
