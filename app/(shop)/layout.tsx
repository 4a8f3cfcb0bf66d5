import "./weui.css";
import "./shop.css";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/app/i18n/language-switch";
import { SandboxBanner } from "@/app/ui/sandbox-banner";
import { shop } from "@/lib/shop";
import styles from "./layout.module.css";
import { shopSettings } from "./shop-settings";

export async function generateMetadata(): Promise<Metadata> {
  const { shopName } = await shopSettings();
  return { title: { default: shopName, template: `%s · ${shopName}` } };
}

export default async function ShopLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("shop");
  const { shopName } = await shopSettings();
  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      {shop().environment.sandbox && <SandboxBanner />}
      <header className={styles.header}>
        <Link className={styles.name} href="/" prefetch={false}>
          {shopName}
        </Link>
        <nav className={styles.nav} aria-label={t("nav.label")}>
          <Link className={styles.item} href="/orders" prefetch={false}>
            {t("nav.orders")}
          </Link>
        </nav>
        <LanguageSwitch className={styles.item} />
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
