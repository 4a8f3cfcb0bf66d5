import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { shapeLine } from "@/app/ui/shape-line";
import { CartMark } from "./cart-mark";
import { TabLink } from "./tab-link";
import styles from "./tabs.module.css";

/** The rooms of the shop: under the thumb on a phone, beside the shop's name at a desk. `pieces` lie in the cart. */
export function Tabs({ pieces }: { pieces: number }) {
  const t = useTranslations("shop.nav");
  return (
    <nav className={styles.tabs} aria-label={t("label")}>
      <TabLink className={styles.tab} href="/" under="/products">
        <Icon>{shapes.goods}</Icon>
        {t("goods")}
      </TabLink>
      <TabLink className={styles.tab} href="/cart">
        <CartMark pieces={pieces} />
      </TabLink>
      <TabLink className={styles.tab} href="/orders" under="/orders/">
        <Icon>{shapes.orders}</Icon>
        {t("orders")}
      </TabLink>
      <TabLink className={styles.tab} href="/me" under="/addresses">
        <Icon>{shapes.me}</Icon>
        {t("me")}
      </TabLink>
    </nav>
  );
}

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 16 16" className={styles.icon} aria-hidden="true">
      {children}
    </svg>
  );
}

const shapes = {
  goods: (
    <path
      {...shapeLine}
      d="M2 6.2 3.2 2.5h9.6L14 6.2M2 6.2c0 2.4 3 2.4 3 0 0 2.4 3 2.4 3 0 0 2.4 3 2.4 3 0 0 2.4 3 2.4 3 0M3.2 8.4v5.1h9.6V8.4"
    />
  ),
  orders: <path {...shapeLine} d="M3.2 2h9.6v12H3.2zM5.6 5.4h4.8M5.6 8h4.8M5.6 10.6h2.6" />,
  me: (
    <path
      {...shapeLine}
      d="M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2.6 13.8c.7-2.5 2.8-3.6 5.4-3.6s4.7 1.1 5.4 3.6"
    />
  ),
};
