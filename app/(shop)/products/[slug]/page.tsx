import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { findProduct } from "@/lib/catalog/find-product";
import type { ProductView } from "@/lib/catalog/present-product";
import { shop } from "@/lib/shop";
import { Picture } from "../../picture";
import { ShareCard } from "../../wechat/share-card";
import { BuyForm } from "./buy-form";
import { FreightNote } from "./freight-note";
import styles from "./product.module.css";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ sku?: string | string[]; quantity?: string | string[] }>;
};

const pictureSizes = "(min-width: 48rem) 30rem, 100vw";

const productOf = cache((slug: string) => findProduct(shop(), slug));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await productOf((await params).slug);
  return product ? { title: product.title, description: product.description } : {};
}

/** `?sku=…&quantity=…` is what the checkout sends back to be changed. */
export default async function ProductPage({ params, searchParams }: Props) {
  const product = await productOf((await params).slug);
  if (!product) notFound();
  const t = await getTranslations("shop.product");
  const { sku, quantity } = await searchParams;

  return (
    <article className={styles.product}>
      <ShareCard
        title={product.title}
        text={product.description}
        path={`/products/${encodeURIComponent(product.slug)}`}
        image={product.images[0]}
      />
      <Pictures product={product} />
      <div>
        <h1 className={styles.title}>{product.title}</h1>
        {product.description && <p className={styles.description}>{product.description}</p>}
        <BuyForm product={product} chosen={{ sku: text(sku), quantity: text(quantity) }} />
        <p className={styles.note}>{product.kind === "virtual" ? t("virtual") : <FreightNote />}</p>
      </div>
    </article>
  );
}

/** One beside the other on a phone, swiped or moved by keys; at a desk the first is large and the rest below it. */
function Pictures({ product }: { product: ProductView }) {
  const t = useTranslations("shop.product");
  const { images, title } = product;
  if (images.length < 2)
    return (
      <div>
        <Picture src={images[0]} title={title} sizes={pictureSizes} eager />
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
            sizes={pictureSizes}
            eager={place === 0}
          />
        </li>
      ))}
    </ul>
  );
}

function text(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}
