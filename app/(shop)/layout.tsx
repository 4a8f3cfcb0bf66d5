import "./weui.css";
import "./shop.css";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/app/i18n/language-switch";
import { SandboxBanner } from "@/app/ui/sandbox-banner";
import { shop } from "@/lib/shop";
import { piecesInCart } from "./frame/pieces-in-cart";
import { Tabs } from "./frame/tabs";
import styles from "./layout.module.css";
import { shopSettings } from "./shop-settings";
import { currentPlace } from "./wechat/current-place";
import { InsideWechat } from "./wechat/inside-wechat";
import { hasJsSdk } from "./wechat/place";

export async function generateMetadata(): Promise<Metadata> {
  const { shopName } = await shopSettings();
  return { title: { default: shopName, template: `%s · ${shopName}` } };
}

export default async function ShopLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("shop");
  const isInsideWechat = hasJsSdk(await currentPlace());
  const [{ shopName }, pieces] = await Promise.all([shopSettings(), piecesInCart()]);
  return (
    <div className={styles.page}>
      {isInsideWechat && <InsideWechat />}
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      {shop().environment.sandbox && <SandboxBanner />}
      <header className={styles.header}>
        <Link className={styles.name} href="/" prefetch={false}>
          {shopName}
        </Link>
        <Tabs pieces={pieces} />
        <LanguageSwitch className={styles.item} />
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
