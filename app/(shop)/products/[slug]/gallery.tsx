import { useTranslations } from "next-intl";
import type { ProductView } from "@/lib/catalog/present-product";
import { Picture } from "../../picture";
import styles from "./product.module.css";

/** The densest screens take what others do: nobody tells three pixels a point from two, and it is a fifth of the bytes. */
const sizes = "(min-width: 48rem) 30rem, (min-resolution: 2.1dppx) 60vw, 100vw";

/** One beside the other on a phone, swiped or moved by keys; at a desk the first is large and the rest below it. */
export function Gallery({ product }: { product: ProductView }) {
  const t = useTranslations("shop.product");
  const { images, title } = product;
  if (images.length < 2)
    return (
      <div className={styles.picture}>
        <Picture src={images[0]} title={title} sizes={sizes} leads />
      </div>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <ul className={styles.pictures} tabIndex={0} aria-label={t("pictures")}>
      {images.map((image, place) => (
        <li key={image}>
          <Picture
            src={image}
            title={title}
            alt={t("picture", { title, place: place + 1, count: images.length })}
            sizes={sizes}
            leads={place === 0}
          />
        </li>
      ))}
    </ul>
  );
}
