import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import type { ProductView } from "@/lib/catalog/present-product";
import styles from "./catalogue.module.css";
import { Picture } from "./picture";

/** On a phone less than the half that it is: at two pixels a point the narrow picture does, a seventh of the wide one. */
const sizes = "(min-width: 64rem) 16rem, (min-width: 40rem) 33vw, (min-resolution: 2.1dppx) 27vw, 40vw";

/** A product among others. `eager` in the first screen; one that `leads` is fetched before the rest. */
export function ProductCard(of: { product: ProductView; eager?: boolean; leads?: boolean }) {
  const { product, eager = false, leads = false } = of;
  const t = useTranslations("shop.catalogue");
  const locale = useLocale();
  const prices = product.variants.map((variant) => variant.priceFen);
  const lowest = formatFen(Math.min(...prices), locale);
  const soldOut = product.variants.every((variant) => variant.available <= 0);

  return (
    <Link className={styles.card} href={`/products/${encodeURIComponent(product.slug)}`} prefetch={false}>
      <Picture src={product.images[0]} title={product.title} sizes={sizes} eager={eager} leads={leads} />
      <span className={styles.title}>{product.title}</span>
      <span className={styles.line}>
        {prices.length > 0 && (
          <span className={`zg-number ${styles.price}`}>
            {new Set(prices).size > 1 ? t("from", { price: lowest }) : lowest}
          </span>
        )}
        {soldOut && <span className={styles.soldOut}>{t("soldOut")}</span>}
      </span>
    </Link>
  );
}
