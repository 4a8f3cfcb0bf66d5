import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import type { ProductKind } from "@/lib/db/schema/catalog";
import { deliveryTimeMs } from "@/lib/deliveries/deadline";
import { freeFromFen } from "@/lib/orders/freight";
import { phoneHref } from "../../contact-shop";
import { shopSettings } from "../../shop-settings";
import styles from "./product.module.css";

const hourMs = 60 * 60_000;

/** What a buyer asks before paying: what sending costs, when it leaves, what if it is wrong, whom to call. */
export async function Terms({ kind }: { kind: ProductKind }) {
  const t = await getTranslations("shop.product.terms");
  const { servicePhone, serviceHours } = await shopSettings();
  const hours = deliveryTimeMs[kind] / hourMs;
  return (
    <dl className={styles.terms}>
      {kind === "physical" && (
        <div>
          <dt>{t("freight")}</dt>
          <dd>{await freightText()}</dd>
        </div>
      )}
      <div>
        <dt>{t(kind === "physical" ? "shipping" : "delivery")}</dt>
        <dd>{t(kind === "physical" ? "ships" : "online", { hours })}</dd>
      </div>
      <div>
        <dt>{t("after")}</dt>
        <dd>{t("refund")}</dd>
      </div>
      {servicePhone && (
        <div>
          <dt>{t("contact")}</dt>
          <dd>
            <a className={styles.phone} href={phoneHref(servicePhone)}>
              {servicePhone}
            </a>{" "}
            {serviceHours}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What sending costs, by the shop's rule. */
async function freightText(): Promise<string> {
  const t = await getTranslations("shop.product.terms");
  const locale = await getLocale();
  const settings = await shopSettings();
  const freeFrom = freeFromFen(settings);
  if (settings.freightFlatFen === 0 || freeFrom === 0) return t("free");
  const freight = formatFen(settings.freightFlatFen, locale);
  return freeFrom === null ? freight : t("freeFrom", { freight, from: formatFen(freeFrom, locale) });
}
