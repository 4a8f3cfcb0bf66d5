"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Place } from "@/app/(shop)/wechat/place";
import { formatFen } from "@/app/ui/format-fen";
import styles from "./pay.module.css";
import { QrCode } from "./qr-code";
import { Returned } from "./returned";
import { usePaying } from "./use-paying";
import { WayChoice } from "./way-choice";
import type { Ways } from "./ways-to-pay";

/** Chooses a way to pay and goes it. Whether it worked is seen by the page around, which asks the server. */
export function PayPanel(
  props: Ways & {
    orderNo: string;
    totalFen: number;
    place: Place;
    sandboxUrl: string | null;
    knowsOpenid: boolean;
    returned: boolean;
  },
) {
  const t = useTranslations("shop.pay");
  const amount = formatFen(props.totalFen, useLocale());
  const { paying, place, ways, way: chosen, choose, pay, sayPaid, again } = usePaying(props);

  if (paying.step === "returned") return <Returned asked={paying.asked} onPaid={sayPaid} onAgain={again} />;
  const busy = paying.step === "starting" || paying.step === "confirming";

  return (
    <section className={styles.panel} aria-label={t("title")}>
      <WayChoice place={place} ways={ways} chosen={chosen} disabled={busy} onChoose={choose} />
      {paying.step === "scanning" ? (
        <QrCode codeUrl={paying.codeUrl} text={t("qrText")} sandboxUrl={props.sandboxUrl} />
      ) : (
        <div className={styles.bar} data-bottom-bar="script">
          <div className={styles.told} role="alert">
            {paying.step === "choosing" && (
              <>
                {paying.news && <p className={styles.text}>{paying.news}</p>}
                {paying.trouble && <p className={styles.trouble}>{paying.trouble}</p>}
                {(paying.trouble || paying.news) && !paying.isEveryWay && ways.length > 1 && (
                  <p className={styles.text}>{t("otherWays")}</p>
                )}
              </>
            )}
          </div>
          <button
            type="button"
            className="weui-btn weui-btn_primary weui-btn_block"
            aria-disabled={busy} // Not disabled: it would lose the focus.
            onClick={() => !busy && chosen && pay(chosen)}
          >
            {label()}
          </button>
        </div>
      )}
    </section>
  );

  function label(): string {
    if (paying.step === "starting") return t("starting");
    return paying.step === "confirming" ? t("confirming") : t("submit", { amount });
  }
}
