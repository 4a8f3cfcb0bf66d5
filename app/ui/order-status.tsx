import { useTranslations } from "next-intl";
import { outlines, shapeLine } from "@/app/ui/shape-line";
import type { OrderStatus } from "@/lib/orders/state";
import styles from "./order-status.module.css";

/** A status as a shape and a word; colour only repeats them. Green is for money received. */
export function OrderStatusMark({ status, large = false }: { status: OrderStatus; large?: boolean }) {
  const t = useTranslations("common.orderStatus");
  return (
    <span className={large ? `${styles.mark} ${styles.large}` : styles.mark} data-status={status}>
      <svg viewBox="0 0 16 16" className={styles.shape} aria-hidden="true">
        {shapes[status]}
      </svg>
      {t(status)}
    </span>
  );
}

const shapes: Record<OrderStatus, React.ReactNode> = {
  pending: <path {...shapeLine} d={outlines.clock} />,
  closing: (
    <path
      {...shapeLine}
      strokeDasharray="2.4 2.4"
      d="M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 1 0 8 1.9M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"
    />
  ),
  closed: (
    <path
      {...shapeLine}
      d="M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 1 0 8 1.9M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"
    />
  ),
  // A filled coin with a tick: money is here.
  paid: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path {...shapeLine} className={styles.cut} d="M4.9 8.2l2.2 2.2 4.1-4.6" />
    </>
  ),
  shipped: <path {...shapeLine} d={outlines.van} />,
  completed: <path {...shapeLine} d="M1.8 8.4l3 3 5.4-6.2M8.3 11.4l5.9-6.6" />,
};
