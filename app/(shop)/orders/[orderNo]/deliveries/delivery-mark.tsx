import { useTranslations } from "next-intl";
import { shapeLine } from "@/app/ui/shape-line";
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
  // A van: on its way.
  shipped: (
    <path {...shapeLine} d="M1.6 4.2h7.2v6.6H1.6zM8.8 6.4h2.9l2.7 2.4v2H8.8M4.2 12.6h.1M11.5 12.6h.1" />
  ),
  // A box with a tick: it is the buyer's.
  handed: <path {...shapeLine} d="M2.2 3.2h11.6v9.6H2.2zM5 8.1l2.1 2.1 3.9-4.4" />,
  received: <path {...shapeLine} d="M2.2 8.4l3.6 3.6 8-8.6" />,
  failed: <path {...shapeLine} d="M8 2 14.6 13.6H1.4zM8 6.4v3.4M8 11.8v.1" />,
};
