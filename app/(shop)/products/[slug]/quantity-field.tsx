import { useTranslations } from "next-intl";
import { mostPieces, readQuantity } from "../../read-quantity";
import styles from "./product.module.css";

/** How many. What the checkout sent back stays as typed, with the reason beside it. */
export function QuantityField({
  chosen,
  available,
  most,
}: {
  chosen: string | null;
  available: number;
  most: number;
}) {
  const t = useTranslations("shop.product");
  const problem = problemOf();
  return (
    <div className={styles.quantity}>
      <div className="weui-cells">
        <div className="weui-cell">
          <label className="weui-cell__bd" htmlFor="quantity">
            {t("quantity")}
          </label>
          <input
            id="quantity"
            className={`weui-input ${styles.number}`}
            name="quantity"
            type="number"
            inputMode="numeric"
            min={1}
            max={Math.min(most, mostPieces)}
            required
            defaultValue={chosen ?? 1}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "quantity-problem" : undefined}
          />
        </div>
      </div>
      {problem && (
        <p id="quantity-problem" className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );

  function problemOf(): string | null {
    if (chosen === null) return null;
    const pieces = readQuantity(chosen);
    if (pieces === null) return t("quantityInvalid");
    return available > 0 && pieces > available ? t("quantityLeft", { count: available }) : null;
  }
}
