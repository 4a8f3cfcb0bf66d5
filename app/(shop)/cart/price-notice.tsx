import { useTranslations } from "next-intl";
import type { CartLine } from "@/lib/cart/read-cart";
import { lineTrouble } from "@/lib/orders/line-trouble";
import { acceptPrices } from "./accept-prices";
import styles from "./cart.module.css";
import { DeedForm } from "./deed-form";

/** That prices have changed since they were told, until the buyer says that they know. */
export function PriceNotice({ lines }: { lines: CartLine[] }) {
  const t = useTranslations("cart");
  const changed = lines.filter(
    (line) => line.priceFen !== line.seenFen && ["fewer", null].includes(lineTrouble(line)),
  );
  if (changed.length === 0) return null;
  return (
    <div className={styles.notice}>
      <p>{t("price.changed", { count: changed.length })}</p>
      <DeedForm
        deed={acceptPrices}
        fields={Object.fromEntries(changed.map(({ sku, priceFen }) => [`told:${sku}`, priceFen]))}
        words={{ submit: t("price.accept"), unreachable: t("unreachable") }}
      />
    </div>
  );
}
