import { useTranslations } from "next-intl";
import { longestSearch } from "@/lib/catalog/product-search";
import styles from "./catalogue.module.css";
import type { CatalogueWish } from "./catalogue-address";

/** A plain GET form: what is searched for is part of the address, and stays within the category that is open. */
export function CatalogueSearch({ search, category }: Pick<CatalogueWish, "search" | "category">) {
  const t = useTranslations("shop.catalogue");
  return (
    <search>
      <form action="/" className={styles.search}>
        {category && <input type="hidden" name="category" value={category} />}
        <input
          key={search}
          className={styles.words}
          type="search"
          name="q"
          defaultValue={search ?? ""}
          maxLength={longestSearch}
          placeholder={t("searchHint")}
          aria-label={t("search")}
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <button type="submit" className={styles.find}>
          {t("find")}
        </button>
      </form>
    </search>
  );
}
