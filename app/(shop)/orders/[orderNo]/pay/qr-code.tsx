"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { encode } from "uqr";
import styles from "./pay.module.css";

/** The code that WeChat scans, black on white in any scheme. Level M: a phone camera at an angle still reads it. */
export function QrCode(props: { codeUrl: string; text: string; sandboxUrl: string | null }) {
  const { codeUrl, sandboxUrl } = props;
  const t = useTranslations("shop.pay");
  const card = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true }); // The button that asked for it is gone.
    card.current?.scrollIntoView({ block: "nearest" }); // It was asked for at the bottom of the screen.
  }, []);
  const { data, size } = encode(codeUrl, { ecc: "M", border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <div className={styles.qr} ref={card}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {t("qrTitle")}
      </h2>
      <svg
        className={styles.code}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t("qrAlt")}
        data-code={codeUrl}
      >
        <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
        <path fill="#000" d={dark.join("")} shapeRendering="crispEdges" />
      </svg>
      <p className={styles.text}>{props.text}</p>
      {sandboxUrl && (
        <a className={styles.cashier} href={cashierOf(codeUrl, sandboxUrl)} target="_blank" rel="noopener">
          {t("openCashier")}
        </a>
      )}
    </div>
  );
}

function cashierOf(codeUrl: string, sandboxUrl: string): string {
  const code = /[?&]pr=([^&]+)/.exec(codeUrl)?.[1] ?? "";
  return `${sandboxUrl}/cashier?pr=${code}`;
}
