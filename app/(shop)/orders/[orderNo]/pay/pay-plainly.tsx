"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import { formatFen } from "@/app/ui/format-fen";
import type { TradeType } from "@/lib/db/schema/payments";
import styles from "./pay.module.css";
import { payOwnOrder } from "./pay-own-order";
import { nothingYet } from "./plain-state";
import { QrCode } from "./qr-code";

/** What a browser without JavaScript can pay by: WeChat's own page, or a code. The bridge is a script, and is not among them. */
export function PayPlainly(props: {
  orderNo: string;
  totalFen: number;
  ways: TradeType[];
  sandboxUrl: string | null;
}) {
  const t = useTranslations("shop.pay");
  const amount = formatFen(props.totalFen, useLocale());
  const [state, action] = useActionState(payOwnOrder, nothingYet);
  const done = { JSAPI: true, MWEB: state.mwebUrl !== null, NATIVE: state.codeUrl !== null };
  const ways = props.ways.filter((way) => !done[way]);
  const isReady = done.MWEB || done.NATIVE;
  return (
    <section aria-label={t("title")}>
      {state.codeUrl && (
        <QrCode codeUrl={state.codeUrl} text={t("plain.qrText")} sandboxUrl={props.sandboxUrl} />
      )}
      {state.mwebUrl && (
        <a className={`weui-btn weui-btn_primary weui-btn_block ${styles.submit}`} href={state.mwebUrl}>
          {t("plain.open", { amount })}
        </a>
      )}
      <form action={action}>
        <input type="hidden" name="orderNo" value={props.orderNo} />
        {ways.map((way, place) => (
          <button
            key={way}
            type="submit"
            name="way"
            value={way}
            className={`weui-btn weui-btn_block ${place === 0 && !isReady ? "weui-btn_primary" : "weui-btn_default"} ${styles.submit}`}
          >
            {t(`ways.${way}`)}
          </button>
        ))}
      </form>
      {state.message && (
        <p className={styles.trouble} role="alert">
          {state.message}
        </p>
      )}
      <p className={styles.text}>{t("plain.text")}</p>
    </section>
  );
}
