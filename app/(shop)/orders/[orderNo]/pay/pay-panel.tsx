"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import type { TradeType } from "@/lib/db/schema/payments";
import styles from "./pay.module.css";
import { QrCode } from "./qr-code";
import { Returned } from "./returned";
import { usePaying } from "./use-paying";

/** Chooses a way to pay and goes it. Whether it worked is seen by the page around, which asks the server. */
export function PayPanel(props: {
  orderNo: string;
  totalFen: number;
  ways: TradeType[];
  sandboxUrl: string | null;
  knowsOpenid: boolean;
  returned: boolean;
}) {
  const t = useTranslations("shop.pay");
  const amount = formatFen(props.totalFen, useLocale());
  const { paying, way: chosen, choose, pay, sayPaid, again } = usePaying(props);

  if (paying.step === "returned") return <Returned asked={paying.asked} onPaid={sayPaid} onAgain={again} />;
  const busy = paying.step === "starting" || paying.step === "confirming";

  return (
    <section className={styles.panel} aria-label={t("title")}>
      <fieldset className={styles.ways} disabled={busy}>
        <legend className="weui-cells__title">{t("title")}</legend>
        <div className="weui-cells">
          {props.ways.map((way) => (
            <label key={way} className={`weui-cell ${styles.way}`}>
              <input
                type="radio"
                name="way"
                value={way}
                checked={way === chosen}
                onChange={() => choose(way)}
              />
              <span className="weui-cell__bd">
                {t(`ways.${way}`)}
                <span className={styles.small}>{t(`waysText.${way}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {paying.step === "scanning" ? (
        <QrCode codeUrl={paying.codeUrl} sandboxUrl={props.sandboxUrl} />
      ) : (
        <button
          type="button"
          className={`weui-btn weui-btn_primary weui-btn_block ${styles.submit}`}
          disabled={busy}
          onClick={() => chosen && pay(chosen)}
        >
          {label()}
        </button>
      )}
      <div role="alert">
        {paying.step === "choosing" && paying.news && <p className={styles.text}>{paying.news}</p>}
        {paying.step === "choosing" && paying.trouble && <p className={styles.trouble}>{paying.trouble}</p>}
        {paying.step === "choosing" &&
          (paying.trouble || paying.news) &&
          !paying.isEveryWay &&
          props.ways.length > 1 && <p className={styles.text}>{t("otherWays")}</p>}
      </div>
    </section>
  );

  function label(): string {
    if (paying.step === "starting") return t("starting");
    return paying.step === "confirming" ? t("confirming") : t("submit", { amount });
  }
}
