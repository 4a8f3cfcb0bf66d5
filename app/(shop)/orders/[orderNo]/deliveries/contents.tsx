import { useTranslations } from "next-intl";
import type { ContentView } from "@/lib/orders/read-deliveries";
import { CopyButton } from "../copy-button";
import styles from "./deliveries.module.css";

/** What was handed over online: a text, a link, codes. For its buyer's eyes alone. */
export function Contents({ contents }: { contents: ContentView[] }) {
  const t = useTranslations("shop.deliveries");
  const words = { copy: t("copy"), copied: t("copied") };
  if (contents.length === 0) return null;
  return (
    <div className={styles.contents}>
      {contents.map(({ sku, title, kind, items }) => (
        <section key={sku} className={styles.content}>
          <h3>{contents.length > 1 ? title : t(`content.${kind}`)}</h3>
          {items === null ? (
            <p className={styles.trouble}>{t("unreadable")}</p>
          ) : (
            <ul className={styles.items}>
              {items.map((item) => (
                <li key={item}>
                  {kind === "link" ? (
                    <a href={item} target="_blank" rel="noopener noreferrer">
                      {item}
                    </a>
                  ) : (
                    <span className={kind === "codes" ? "zg-code" : styles.text}>{item}</span>
                  )}
                  <CopyButton text={item} words={words} />
                </li>
              ))}
            </ul>
          )}
          {items !== null && kind === "codes" && <p className={styles.hint}>{t("howToUse")}</p>}
        </section>
      ))}
    </div>
  );
}
