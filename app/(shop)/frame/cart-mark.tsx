import { useTranslations } from "next-intl";
import { shapeLine } from "@/app/ui/shape-line";
import styles from "./tabs.module.css";

/** The cart's sign and word, with how many pieces lie in it. Its link has the class `tab`. */
export function CartMark({ pieces }: { pieces: number }) {
  const t = useTranslations("shop.nav");
  return (
    <>
      <svg viewBox="0 0 16 16" className={styles.icon} aria-hidden="true">
        <path {...shapeLine} d="M1.5 2.5h2l1.7 7.8h7.2l1.6-5.6H4M6 13.2h.01M11.6 13.2h.01" />
      </svg>
      {t("cart")}
      {pieces > 0 && (
        <>
          <span className={styles.pieces} aria-hidden="true">
            {pieces > mostShown ? `${mostShown}+` : pieces}
          </span>
          <span className="zg-visually-hidden">{t("pieces", { count: pieces })}</span>
        </>
      )}
    </>
  );
}

const mostShown = 99;
