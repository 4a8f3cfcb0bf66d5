import { getTranslations } from "next-intl/server";
import styles from "./contact-shop.module.css";
import { shopSettings } from "./shop-settings";

/** Whom a buyer calls, and when somebody answers; nothing where the shop has named no number. */
export async function ContactShop() {
  const { servicePhone, serviceHours } = await shopSettings();
  if (!servicePhone) return null;
  const t = await getTranslations("shop.contact");
  return (
    <p className={styles.contact}>
      <a href={phoneHref(servicePhone)}>{t("call", { phone: servicePhone })}</a>
      {serviceHours && <span>{t("hours", { hours: serviceHours })}</span>}
    </p>
  );
}

export function phoneHref(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}
