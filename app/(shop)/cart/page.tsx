import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice, noticeAction } from "@/app/ui/notice";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { readCartAndRemoved } from "@/lib/cart/read-cart";
import { lineTrouble } from "@/lib/orders/line-trouble";
import { mostLines } from "@/lib/orders/order-limits";
import { shop } from "@/lib/shop";
import { shopSettings } from "../shop-settings";
import styles from "./cart.module.css";
import { CartLineRow } from "./cart-line";
import { CheckoutBar } from "./checkout-bar";
import { groupsOf } from "./groups-of";
import { PriceNotice } from "./price-notice";
import { type Told, WhatWasDone } from "./what-was-done";

const checkoutForm = "checkout-of-cart";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cart"))("title"), robots: { index: false } };
}

/** `?added=SKU&way=…` is where adding without a script ends, `?way=gone` a deed on a line that is no more, `?way=tooMany` a checkout of too many. */
export default async function CartPage({ searchParams }: { searchParams: Promise<Told> }) {
  const t = await getTranslations("cart");
  const buyer = await findCurrentBuyer();
  const rows = buyer ? await readCartAndRemoved(shop(), buyer.memberId) : [];
  const lines = rows.filter(({ isRemoved }) => !isRemoved);
  const orderable = lines.filter((line) => lineTrouble(line) === null);

  return (
    <>
      {lines.length > 0 && <h1 className={styles.heading}>{t("title")}</h1>}
      <WhatWasDone told={await searchParams} rows={rows} />
      <div className={lines.length > 0 ? styles.cart : undefined}>
        <div>
          <PriceNotice lines={lines} />
          {groupsOf(rows).map(({ name, lines: shown }, _, groups) => (
            <section key={name} aria-label={t(`groups.${name}`)}>
              {groups.length > 1 && <h2 className="weui-cells__title">{t(`groups.${name}`)}</h2>}
              <ul className={`weui-cells ${styles.lines}`}>
                {shown.map((line) => (
                  <CartLineRow
                    key={line.sku}
                    line={line}
                    form={checkoutForm}
                    isChosen={orderable.indexOf(line) < mostLines}
                  />
                ))}
              </ul>
            </section>
          ))}
          {lines.length === 0 && (
            <Notice title={t("emptyTitle")} text={t("emptyText")}>
              <Link className={noticeAction} href="/" prefetch={false}>
                {t("browse")}
              </Link>
            </Notice>
          )}
        </div>
        {lines.length > 0 && (
          <CheckoutBar id={checkoutForm} lines={orderable} settings={await shopSettings()} />
        )}
      </div>
    </>
  );
}
