import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { listRelated } from "@/lib/catalog/list-related";
import type { ProductView } from "@/lib/catalog/present-product";
import { shop } from "@/lib/shop";
import cards from "../../catalogue.module.css";
import { catalogueHref } from "../../catalogue-address";
import { ProductCard } from "../../product-card";
import styles from "./product.module.css";

/** The way on for who does not want this one, above all when it is sold out. */
export async function Related({ product }: { product: ProductView }) {
  const t = await getTranslations("shop.product");
  const related = await listRelated(shop(), product);
  if (related.length === 0) return null;
  const { category } = product;
  return (
    <section className={styles.related} aria-labelledby="related">
      <div className={styles.relatedHead}>
        <h2 id="related">{t("related")}</h2>
        <Link href={catalogueHref({ category: category?.slug })} prefetch={false}>
          {category ? t("moreOf", { category: category.title }) : t("moreOfAll")}
        </Link>
      </div>
      <ul className={cards.cards}>
        {related.map((one) => (
          <li key={one.slug}>
            <ProductCard product={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}
