"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import styles from "./pay.module.css";

/** Back from WeChat's own page, which sends the buyer here whether or not anything was paid. */
export function Returned({
  asked,
  onPaid,
  onAgain,
}: {
  asked: boolean;
  onPaid: () => void;
  onAgain: () => void;
}) {
  const t = useTranslations("shop.pay");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // In place of the button that was pressed, or when the page is come back to: either way it is the next question.
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section className={styles.panel} aria-labelledby="returned">
      <h2 ref={heading} tabIndex={-1} id="returned" className={styles.heading}>
        {t("returnedTitle")}
      </h2>
      <p className={styles.text}>{t("returnedText")}</p>
      <button
        type="button"
        className={`weui-btn weui-btn_primary weui-btn_block ${styles.submit}`}
        onClick={onPaid}
      >
        {t("done")}
      </button>
      <button
        type="button"
        className={`weui-btn weui-btn_default weui-btn_block ${styles.submit}`}
        onClick={onAgain}
      >
        {t("again")}
      </button>
      <p className={styles.text} role="status">
        {asked && t("notYet")}
      </p>
    </section>
  );
}
