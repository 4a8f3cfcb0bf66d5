import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { listProducts } from "@/lib/catalog/list-products";
import { findCategory } from "@/lib/categories/find-category";
import { listCategories } from "@/lib/categories/list-categories";
import { shop } from "@/lib/shop";
import styles from "./catalogue.module.css";
import { type CatalogueParams, catalogueHref, readWish } from "./catalogue-address";
import { CatalogueSearch } from "./catalogue-search";
import { CategoryLinks } from "./category-links";
import { NotFoundPage, notFoundMetadata } from "./not-found-page";
import { NothingHere } from "./nothing-here";
import { ProductCard } from "./product-card";
import { shopSettings } from "./shop-settings";
import { ShareGoods } from "./wechat/share-goods";

type Props = { searchParams: Promise<CatalogueParams> };

/** How many cards a phone shows before anybody scrolls. */
const inSight = 4;

const categoryOf = cache((slug: string) => findCategory(shop(), slug));

/** What the address wishes for, with the category that is open; null when it is no address of ours. */
async function readAddress(params: Props["searchParams"]) {
  const wish = readWish(await params);
  const open = wish.category ? await categoryOf(wish.category) : null;
  const isOurs = (!wish.cursor || /^\d{1,15}$/.test(wish.cursor)) && (!wish.category || open);
  return isOurs ? { wish, open } : null;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const address = await readAddress(searchParams);
  if (!address) return notFoundMetadata();
  const { wish, open } = address;
  const { shopName } = await shopSettings();
  if (wish.search) return { title: { absolute: `${wish.search} · ${shopName}` }, robots: { index: false } };
  return open ? { title: { absolute: `${open.title} · ${shopName}` } } : {};
}

export default async function Catalogue({ searchParams }: Props) {
  const address = await readAddress(searchParams);
  if (!address) return <NotFoundPage />;
  const { wish, open } = address;
  const t = await getTranslations("shop.catalogue");
  const [{ items, nextCursor }, categories] = await Promise.all([
    listProducts(shop(), wish),
    listCategories(shop()),
  ]);
  const { search } = wish;
  const title = search ? t("results", { search }) : (open?.title ?? t("title"));
  return (
    <>
      <ShareGoods category={open} image={items[0]?.images[0]} />
      <CatalogueSearch search={search} category={wish.category} />
      {categories.length > 0 && <CategoryLinks categories={categories} wish={wish} />}
      {items.length === 0 ? (
        <NothingHere wish={wish} category={open?.title ?? null} />
      ) : (
        <>
          <h1 className={search ? styles.found : "zg-visually-hidden"}>{title}</h1>
          <ul className={styles.cards}>
            {items.map((product, place) => (
              <li key={product.slug}>
                <ProductCard product={product} eager={place < inSight} leads={place === 0} />
              </li>
            ))}
          </ul>
          {(wish.cursor || nextCursor) && (
            <nav className={styles.pages} aria-label={title}>
              {wish.cursor && (
                <Link href={catalogueHref({ ...wish, cursor: null })} prefetch={false}>
                  {t("first")}
                </Link>
              )}
              {nextCursor && (
                <Link href={catalogueHref({ ...wish, cursor: nextCursor })} prefetch={false}>
                  {t("next")}
                </Link>
              )}
            </nav>
          )}
        </>
      )}
    </>
  );
}
