import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/app/ui/moment";
import { DeedForm } from "../../deed/deed-form";
import styles from "./deliveries.module.css";
import { remindOwnOrder } from "./remind-own-order";

type Props = { orderNo: string; remindFrom: string; now: Date; timeZone: string };

/** "Please ship": the button, or from when it is there again. */
export function RemindShop({ orderNo, remindFrom, now, timeZone }: Props) {
  const t = useTranslations("shop.deliveries.remind");
  const locale = useLocale();
  const from = new Date(remindFrom);
  if (from > now)
    return (
      <p className={styles.reminded} role="status">
        {t("done", { at: formatMoment(from, { locale, timeZone, style: "short" }) })}
      </p>
    );
  return <RemindForm orderNo={orderNo} />;
}

export function RemindForm({ orderNo }: { orderNo: string }) {
  const t = useTranslations("shop.deliveries.remind");
  const words = { submit: t("submit"), submitting: t("submitting"), unreachable: t("unreachable") };
  return <DeedForm fields={{ orderNo }} deed={remindOwnOrder} words={words} />;
}
