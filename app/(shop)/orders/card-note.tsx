import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/app/ui/moment";
import type { OwnOrder } from "@/lib/orders/list-own-orders";
import { nextOwnStep } from "@/lib/orders/next-own-step";
import { Countdown } from "./countdown";
import styles from "./orders.module.css";

type Props = { order: OwnOrder; now: Date; timeZone: string };

/** What an order waits for and until when, as short as a list wants it. Money that goes back is said first. */
export function CardNote(props: Props) {
  const t = useTranslations("shop.orders");
  const { refund } = props.order;
  if (refund && refund !== "part") return t(`refund.${refund}`);
  return (
    <>
      {refund && <span className={styles.part}>{t("refund.part")}</span>}
      <Waits {...props} />
    </>
  );
}

function Waits({ order, now, timeZone }: Props) {
  const t = useTranslations("shop.orders");
  const locale = useLocale();
  const clock = (at: Date) => formatMoment(at, { locale, timeZone, style: "short" });
  const { status, closedReason, deliverBy } = order;

  switch (status) {
    case "pending":
      if (order.expiresAt <= now) return t("note.asking");
      return (
        <Countdown
          className={styles.left}
          leftMs={order.expiresAt.getTime() - now.getTime()}
          over={t("note.over")}
        />
      );
    case "closing":
      return t("note.asking");
    case "closed":
      return t(`note.${closedReason ?? "expired"}`);
    case "paid": {
      if (nextOwnStep(order, now) === "reminded") return t("note.reminded");
      if (!deliverBy) return null;
      if (deliverBy < now)
        return <span className={styles.late}>{t("note.late", { at: clock(deliverBy) })}</span>;
      return t(order.kind === "virtual" ? "note.deliver" : "note.ship", { at: clock(deliverBy) });
    }
    default:
      return null;
  }
}
