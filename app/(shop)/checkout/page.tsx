import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { Notice, noticeAction } from "@/app/ui/notice";
import { listAddresses } from "@/lib/addresses/list-addresses";
import { mostAddresses } from "@/lib/addresses/save-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { quoteOrders } from "@/lib/orders/quote-orders";
import { shop } from "@/lib/shop";
import { NotFoundPage } from "../not-found-page";
import { shopSettings } from "../shop-settings";
import styles from "./checkout.module.css";
import { CheckoutForm } from "./checkout-form";
import { chooseGoods } from "./choose-goods";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shop.checkout"))("title"), robots: { index: false } };
}

/** `?sku=…&quantity=…` buys one thing at once; `?from=cart&sku=…&sku=…` what was chosen in the cart. `address` is chosen first. */
export default async function CheckoutPage({ searchParams }: Props) {
  const query = await searchParams;
  const buyer = await findCurrentBuyer();
  const memberId = buyer?.memberId ?? null;
  const chosen = await chooseGoods(shop(), { query, memberId });
  if (chosen === "nothing") return <NotFoundPage />;
  if ("instead" in chosen) redirect(chosen.instead);
  const t = await getTranslations("shop.checkout");
  const quote = await quoteOrders(shop(), { items: chosen.items, memberId });
  if (quote.orders.length === 0)
    return (
      <Notice title={t("emptyTitle")} text={t(chosen.from === "cart" ? "emptyCart" : "emptyShelf")}>
        <Link className={noticeAction} href={chosen.from === "cart" ? "/cart" : "/"} prefetch={false}>
          {t(chosen.from === "cart" ? "way.cart" : "browse")}
        </Link>
        <Link className={noticeAction} href="/orders" prefetch={false}>
          {t("way.orders")}
        </Link>
      </Notice>
    );

  const settings = await shopSettings();
  const addresses = memberId === null ? [] : await listAddresses(shop(), memberId);
  const first = addresses.filter(({ id }) => String(id) === query.address);
  return (
    <>
      <h1 className={styles.title}>{t("title")}</h1>
      <ClientTexts
        pick={({ addresses: book, shop: { checkout } }) => ({ addresses: book, shop: { checkout } })}
      >
        <CheckoutForm
          from={chosen.from}
          quote={quote}
          shown={chosen.shown}
          formKey={randomUUID()}
          addresses={[...first, ...addresses.filter((address) => !first.includes(address))]}
          canKeep={addresses.length < mostAddresses}
          holdMinutes={settings.orderExpiresMinutes}
          changeHref={chosen.changeHref}
          editHref={{ before: "/addresses/", after: `?to=${encodeURIComponent(chosen.here)}` }}
        />
      </ClientTexts>
    </>
  );
}
