import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import { refundReasons } from "@/lib/refunds/reasons";
import { Fact } from "../fact";
import styles from "./refunds.module.css";
import type { Refund } from "./standing";

/** What was asked for and when: what support will want to know. */
export function RefundFacts({ refund, timeZone }: { refund: Refund; timeZone: string }) {
  const t = useTranslations("shop.refunds");
  const reasons = useTranslations("common.refundReason");
  const { lines, pictures } = refund;
  const reason = refundReasons.find((one) => one === refund.reason) ?? "other";
  return (
    <details className={styles.details}>
      <summary>{t("details")}</summary>
      <dl className={styles.facts}>
        <Fact label={t("facts.reason")}>{reasons(reason)}</Fact>
        {refund.reasonText && <Fact label={t("facts.reasonText")}>{refund.reasonText}</Fact>}
        {lines.length > 0 && (
          <Fact label={t("facts.lines")}>
            {lines.map(({ sku, title, quantity }) => (
              <span key={sku} className={styles.line}>
                {t("line", { title, quantity })}
              </span>
            ))}
          </Fact>
        )}
        {refund.returnTrackingNo && (
          <Fact label={t("facts.return")}>
            {refund.returnCarrier} <span className="zg-code">{refund.returnTrackingNo}</span>
          </Fact>
        )}
        <Fact label={t("facts.createdAt")}>
          <Moment at={refund.createdAt} timeZone={timeZone} />
        </Fact>
        {refund.decidedAt && (
          <Fact label={t("facts.decidedAt")}>
            <Moment at={refund.decidedAt} timeZone={timeZone} />
          </Fact>
        )}
        <Fact label={t("facts.refundNo")}>
          <span className="zg-code">{refund.refundNo}</span>
        </Fact>
      </dl>
      {pictures.length > 0 && (
        <ul className={styles.pictures}>
          {pictures.map((name, index) => (
            <li key={name}>
              <a href={`/api/refund/pictures/${name}`}>
                {/* biome-ignore lint/performance/noImgElement: the buyer's own picture, small and never changing. */}
                <img
                  src={`/api/refund/pictures/${name}`}
                  alt={t("pictureAlt", { place: index + 1 })}
                  width={88}
                  height={88}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
