import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/app/ui/notice";
import { listProducts } from "@/lib/catalog/list-products";
import { shop } from "@/lib/shop";
import styles from "./catalogue.module.css";
import { ProductCard } from "./product-card";

export default async function Catalogue({
  searchParams,
}: {
  searchParams: Promise<{ cursor?: string | string[] }>;
}) {
  const t = await getTranslations("shop.catalogue");
  const { cursor } = await searchParams;
  if (cursor !== undefined && (typeof cursor !== "string" || !/^\d{1,15}$/.test(cursor))) notFound();
  const { items, nextCursor } = await listProducts(shop(), { cursor });
  if (items.length === 0) return <Notice title={t("emptyTitle")} text={t("emptyText")} />;

  return (
    <>
      <h1 className="zg-visually-hidden">{t("title")}</h1>
      <ul className={styles.cards}>
        {items.map((product, place) => (
          <li key={product.slug}>
            <ProductCard product={product} eager={place < 4} />
          </li>
        ))}
      </ul>
      {(cursor || nextCursor) && (
        <nav className={styles.pages} aria-label={t("title")}>
          {cursor && <Link href="/">{t("first")}</Link>}
          {nextCursor && <Link href={`/?cursor=${nextCursor}`}>{t("next")}</Link>}
        </nav>
      )}
    </>
  );
}
