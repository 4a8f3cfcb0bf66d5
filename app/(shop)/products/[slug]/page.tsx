import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { findProduct } from "@/lib/catalog/find-product";
import { shop } from "@/lib/shop";
import { Picture } from "../../picture";
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
  const [first, ...others] = product.images;

  return (
    <article className={styles.product}>
      <div className={styles.pictures}>
        <Picture src={first} title={product.title} sizes={pictureSizes} eager />
        {others.map((image) => (
          <Picture key={image} src={image} title={product.title} sizes={pictureSizes} />
        ))}
      </div>
      <div>
        <h1 className={styles.title}>{product.title}</h1>
        {product.description && <p className={styles.description}>{product.description}</p>}
        <BuyForm product={product} chosen={{ sku: text(sku), quantity: text(quantity) }} />
        <p className={styles.note}>{product.kind === "virtual" ? t("virtual") : <FreightNote />}</p>
      </div>
    </article>
  );
}

function text(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}
