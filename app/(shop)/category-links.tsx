import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CategoryView } from "@/lib/categories/list-categories";
import styles from "./catalogue.module.css";
import { type CatalogueWish, catalogueHref } from "./catalogue-address";

/** The shelves side by side, swiped on a phone; what is searched for goes along. */
export function CategoryLinks({ categories, wish }: { categories: CategoryView[]; wish: CatalogueWish }) {
  const t = useTranslations("shop.catalogue");
  const choices = [{ slug: null, title: t("all") }, ...categories];
  return (
    <nav className={styles.shelves} aria-label={t("categories")}>
      <ul>
        {choices.map(({ slug, title }) => (
          <li key={slug}>
            <Link
              href={catalogueHref({ search: wish.search, category: slug })}
              prefetch={false}
              aria-current={slug === wish.category ? "page" : undefined}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
