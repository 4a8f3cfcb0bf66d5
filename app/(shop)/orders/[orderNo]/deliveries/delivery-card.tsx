import { useLocale, useTranslations } from "next-intl";
import { CarrierName } from "@/app/ui/carrier-name";
import { formatMoment } from "@/app/ui/moment";
import type { DeliveryView } from "@/lib/orders/read-deliveries";
import cards from "../cards.module.css";
import { CopyButton } from "../copy-button";
import { Contents } from "./contents";
import styles from "./deliveries.module.css";
import { DeliveryMark } from "./delivery-mark";

type Props = { delivery: DeliveryView; place: number | null; timeZone: string };

/** One delivery as its buyer sees it: how it stands, how to find it, what is in it, what was handed over. */
export function DeliveryCard({ delivery, place, timeZone }: Props) {
  const t = useTranslations("shop.deliveries");
  const locale = useLocale();
  const { kind, status, carrier, trackingNo, note, lines } = delivery;
  const clock = (at: string) => formatMoment(new Date(at), { locale, timeZone, style: "short" });

  return (
    <li className={`${cards.card} ${styles.card}`}>
      <div role="status">
        <p className={cards.head}>
          <DeliveryMark delivery={delivery} />
          {place !== null && <span className={styles.place}>{t("place", { place })}</span>}
        </p>
        <p className={cards.sentence}>{t(`left.${kind}`, { at: clock(delivery.at) })}</p>
        {delivery.receivedAt && (
          <p className={cards.sentence}>{t("receivedAt", { at: clock(delivery.receivedAt) })}</p>
        )}
        {status === "failed" && (
          <p className={cards.sentence}>{t(delivery.isReplaced ? "failedReplaced" : "failed")}</p>
        )}
      </div>
      {trackingNo && (
        <dl className={styles.facts}>
          <div>
            <dt>{t("carrier")}</dt>
            <dd>{carrier && <CarrierName code={carrier} />}</dd>
          </div>
          <div>
            <dt>{t("trackingNo")}</dt>
            <dd>
              <span className="zg-code">{trackingNo}</span>
              <CopyButton text={trackingNo} words={{ copy: t("copy"), copied: t("copied") }} />
            </dd>
          </div>
        </dl>
      )}
      {trackingNo && status === "shipped" && <p className={styles.hint}>{t("howToTrack")}</p>}
      <Contents contents={delivery.contents} />
      {note && (
        <div className={cards.note}>
          <h3>{t("note")}</h3>
          <p>{note}</p>
        </div>
      )}
      <ul className={styles.lines} aria-label={t("lines")}>
        {lines.map(({ sku, title, quantity }) => (
          <li key={sku}>{t("line", { title, quantity })}</li>
        ))}
      </ul>
    </li>
  );
}
