"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useEarlyChoice } from "@/app/(shop)/use-early-choice";
import { isDesktop, type Place } from "@/app/(shop)/wechat/place";
import type { TradeType } from "@/lib/db/schema/payments";
import styles from "./pay.module.css";

/** The ways to pay from here; what is amiss with the place itself is said first. */
export function WayChoice(props: {
  place: Place;
  ways: TradeType[];
  chosen: TradeType | undefined;
  disabled: boolean;
  onChoose: (way: TradeType) => void;
}) {
  const t = useTranslations("shop.pay");
  const { place } = props;
  const group = useRef<HTMLFieldSetElement>(null);
  useEarlyChoice(group, (value) => {
    const way = props.ways.find((one) => one === value);
    if (way && way !== props.chosen) props.onChoose(way);
  });
  return (
    <fieldset ref={group} className={styles.ways} disabled={props.disabled}>
      <legend className="weui-cells__title">{t("title")}</legend>
      {(place === "oldWechat" || place === "wecom" || place === "miniProgram") && (
        <p className={styles.place}>{t(`places.${place}`)}</p>
      )}
      <div className="weui-cells">
        {props.ways.map((way) => (
          <label key={way} className={`weui-cell ${styles.way}`}>
            <input
              type="radio"
              name="way"
              value={way}
              checked={way === props.chosen}
              onChange={() => props.onChoose(way)}
            />
            <span className="weui-cell__bd">
              {t(`ways.${way}`)}
              <span className={styles.small}>
                {t(`waysText.${way === "NATIVE" && !isDesktop(place) ? "otherPhone" : way}`)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
