import { useRef } from "react";
import { useEarlyChoice } from "../../use-early-choice";
import type { BuyOffer } from "./buy-offer";
import styles from "./product.module.css";

/** The variants under each other with their prices, as in a price list; where there is one there is nothing to choose. */
export function VariantFields({
  rows,
  preset,
  legend,
  onChoose,
}: {
  rows: BuyOffer["rows"];
  preset: string | null;
  legend: string;
  onChoose: (sku: string) => void;
}) {
  const group = useRef<HTMLFieldSetElement>(null);
  useEarlyChoice(group, onChoose);
  const [only, ...others] = rows;
  if (only && others.length === 0) return <input type="hidden" name="sku" value={only.sku} />;
  return (
    <fieldset ref={group} className={styles.group}>
      <legend className="weui-cells__title">{legend}</legend>
      <div className="weui-cells">
        {rows.map((row) => (
          <label key={row.sku} className={`weui-cell ${styles.variant}`}>
            <input
              type="radio"
              name="sku"
              value={row.sku}
              required
              defaultChecked={row.sku === preset && row.available > 0}
              disabled={row.available <= 0}
              onChange={() => onChoose(row.sku)}
            />
            <span className="weui-cell__bd">
              {row.title}
              {row.note && <span className={styles.left}>{row.note}</span>}
            </span>
            <span className={`zg-number ${styles.rowPrice}`}>{row.price}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
