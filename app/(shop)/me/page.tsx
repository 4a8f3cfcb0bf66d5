import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LanguageSwitch } from "@/app/i18n/language-switch";
import { shapeLine } from "@/app/ui/shape-line";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { countOwnOrders } from "@/lib/orders/count-own-orders";
import { shop } from "@/lib/shop";
import { ContactShop } from "../contact-shop";
import { RefreshWhenStale } from "../refresh-when-stale";
import { shopSettings } from "../shop-settings";
import { canSignIn } from "../wechat/current-place";
import styles from "./me.module.css";
import { OrderRooms } from "./order-rooms";
import { WhoAmI } from "./who-am-i";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me"))("title"), robots: { index: false } };
}

export default async function Me({
  searchParams,
}: {
  searchParams: Promise<{ signIn?: string | string[] }>;
}) {
  const t = await getTranslations("me");
  const buyer = await findCurrentBuyer();
  const counts = buyer
    ? await countOwnOrders(shop(), buyer.memberId)
    : { pay: 0, ship: 0, receive: 0, refund: 0 };
  const { servicePhone } = await shopSettings();
  const { signIn } = await searchParams;

  return (
    <div className={styles.narrow}>
      <RefreshWhenStale rendering={randomUUID()} />
      <h1 className="zg-visually-hidden">{t("title")}</h1>
      <WhoAmI
        isSignedIn={buyer?.openid != null}
        canSignIn={await canSignIn()}
        hasFailed={signIn === "failed"}
      />
      <OrderRooms counts={counts} />
      <section className={`weui-cells ${styles.rows}`}>
        <Link className={styles.row} href="/addresses" prefetch={false}>
          {t("addresses")}
          <svg viewBox="0 0 16 16" className={styles.chevron} aria-hidden="true">
            <path {...shapeLine} d="m6 3 5 5-5 5" />
          </svg>
        </Link>
        {servicePhone && (
          <div className={styles.row}>
            <ContactShop />
          </div>
        )}
        <div className={styles.row}>
          <span>{t("language")}</span>
          <LanguageSwitch className={styles.switch} />
        </div>
      </section>
    </div>
  );
}
