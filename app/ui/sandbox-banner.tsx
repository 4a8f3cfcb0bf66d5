import { getTranslations } from "next-intl/server";
import styles from "./sandbox-banner.module.css";

/** Stands above every page while no real merchant is configured: nobody should wonder whether money moved. */
export async function SandboxBanner() {
  const t = await getTranslations("common.sandbox");
  return (
    <aside className={styles.banner} aria-label={t("label")}>
      <strong className={styles.label}>{t("label")}</strong>
      {t("text")}
    </aside>
  );
}
