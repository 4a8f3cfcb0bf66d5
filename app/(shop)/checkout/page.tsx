import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { findProductBySku } from "@/lib/catalog/find-product-by-sku";
import { freightOf } from "@/lib/orders/freight";
import { shop } from "@/lib/shop";
import { Amounts } from "../amounts";
import { GoodsLine } from "../goods-line";
import { readQuantity } from "../read-quantity";
import { shopSettings } from "../shop-settings";
import styles from "./checkout.module.css";
import { CheckoutForm } from "./checkout-form";

type Props = { searchParams: Promise<{ sku?: string | string[]; quantity?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shop.checkout"))("title"), robots: { index: false } };
}

export default async function CheckoutPage({ searchParams }: Props) {
  const { sku, quantity: wanted } = await searchParams;
  const found = typeof sku === "string" ? await findProductBySku(shop(), sku) : null;
  if (!found) notFound();
  const { product, variant } = found;
  const change = `/products/${encodeURIComponent(product.slug)}?${new URLSearchParams({ sku: variant.sku, quantity: String(wanted ?? "") })}`;
  const quantity = readQuantity(typeof wanted === "string" ? wanted : null);
  if (quantity === null || quantity > variant.available) redirect(change);

  const t = await getTranslations("shop.checkout");
  const settings = await shopSettings();
  const goodsFen = variant.priceFen * quantity;
  const freightFen = freightOf({ kind: product.kind, goodsFen }, settings);
  const title = variant.title ? `${product.title} ${variant.title}` : product.title;

  return (
    <>
      <h1 className={styles.title}>{t("title")}</h1>
      <ClientTexts pick={({ addresses, shop: { checkout } }) => ({ addresses, shop: { checkout } })}>
        <CheckoutForm
          sku={variant.sku}
          quantity={quantity}
          formKey={randomUUID()}
          kind={product.kind}
          holdMinutes={settings.orderExpiresMinutes}
          changeHref={change}
          goods={
            <GoodsLine
              line={{ title, image: product.images[0] ?? null, quantity, priceFen: variant.priceFen }}
            />
          }
          amounts={
            <Amounts
              rows={[
                { label: t("goodsTotal"), fen: goodsFen },
                ...(product.kind === "physical"
                  ? [{ label: t("freight"), fen: freightFen, zero: t("free") }]
                  : []),
              ]}
              total={{ label: t("total"), fen: goodsFen + freightFen }}
            />
          }
        />
      </ClientTexts>
    </>
  );
}
