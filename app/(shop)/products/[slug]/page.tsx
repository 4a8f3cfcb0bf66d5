import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Money } from "@/app/ui/money";
import { findProduct } from "@/lib/catalog/find-product";
import { shop } from "@/lib/shop";
import { CartMark } from "../../frame/cart-mark";
import { piecesInCart } from "../../frame/pieces-in-cart";
import tabs from "../../frame/tabs.module.css";
import { NotFoundPage, notFoundMetadata } from "../../not-found-page";
import { ShareCard } from "../../wechat/share-card";
import { BuyForm } from "./buy-form";
import { makeOffer } from "./buy-offer";
import { Gallery } from "./gallery";
import styles from "./product.module.css";
import { Related } from "./related";
import { Terms } from "./terms";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ sku?: string | string[]; quantity?: string | string[] }>;
};

const productOf = cache((slug: string) => findProduct(shop(), slug));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await productOf((await params).slug);
  if (!product) return notFoundMetadata();
  return { title: product.title, description: product.description };
}

/** `?sku=…&quantity=…` is what the checkout sends back to be changed. */
export default async function ProductPage({ params, searchParams }: Props) {
  const product = await productOf((await params).slug);
  if (!product) return <NotFoundPage />;
  const { sku, quantity } = await searchParams;
  const [offer, pieces] = await Promise.all([
    makeOffer(product, { sku: text(sku), quantity: text(quantity) }),
    piecesInCart(),
  ]);

  return (
    <>
      <article className={styles.product}>
        <ShareCard
          title={product.title}
          text={product.description}
          path={`/products/${encodeURIComponent(product.slug)}`}
          image={product.images[0]}
        />
        <Gallery product={product} />
        <div>
          <Price prices={product.variants.map(({ priceFen }) => priceFen)} />
          {offer.rows.length === 1 && <span className={styles.left}>{offer.rows[0]?.note}</span>}
          <h1 className={styles.title}>{product.title}</h1>
          {product.description && <p className={styles.description}>{product.description}</p>}
          <BuyForm
            offer={offer}
            addKey={randomUUID()}
            cart={
              <Link className={`${tabs.tab} ${styles.toCart}`} href="/cart" prefetch={false}>
                <CartMark pieces={pieces} />
              </Link>
            }
          />
          <Terms kind={product.kind} />
        </div>
      </article>
      <Related product={product} />
    </>
  );
}

/** One price, or from the lowest to the highest. */
async function Price({ prices }: { prices: number[] }) {
  const t = await getTranslations("shop.product");
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  return (
    <span className={styles.price}>
      <span className="zg-visually-hidden">{t("price")}</span> <Money fen={lowest} />
      {highest > lowest && (
        <>
          {" – "}
          <Money fen={highest} />
        </>
      )}
    </span>
  );
}

function text(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}
