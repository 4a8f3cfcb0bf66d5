import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { ProductView } from "@/lib/catalog/present-product";
import styles from "./product.module.css";
import { QuantityField } from "./quantity-field";

/** Fewer than this many are said: a buyer may want to hurry. */
const few = 10;

/** A plain form that opens the checkout page: nothing of it needs JavaScript. */
export function BuyForm({
  product,
  chosen,
}: {
  product: ProductView;
  chosen: { sku: string | null; quantity: string | null };
}) {
  const t = useTranslations("shop.product");
  const { variants } = product;
  const most = Math.max(0, ...variants.map((variant) => variant.available));
  const wanted = variants.find((variant) => variant.sku === chosen.sku);
  const preset = wanted ?? variants.find((variant) => variant.available > 0);

  return (
    <form action="/checkout" method="get">
      <fieldset className={styles.group}>
        <legend className="weui-cells__title">{t("variant")}</legend>
        <div className="weui-cells">
          {variants.map((variant) => (
            <label key={variant.sku} className={`weui-cell ${styles.variant}`}>
              <input
                type="radio"
                name="sku"
                value={variant.sku}
                required
                defaultChecked={variant.sku === preset?.sku && variant.available > 0}
                disabled={variant.available <= 0}
              />
              <span className="weui-cell__bd">
                {variant.title || t("only")}
                {variant.available > 0 && variant.available < few && (
                  <span className={styles.left}>{t("left", { count: variant.available })}</span>
                )}
                {variant.available <= 0 && <span className={styles.left}>{t("soldOut")}</span>}
              </span>
              <Money fen={variant.priceFen} className={styles.price} />
            </label>
          ))}
        </div>
      </fieldset>
      {wanted && wanted.available <= 0 && (
        <p className={styles.problem} role="alert">
          {t("variantSoldOut")}
        </p>
      )}
      {most > 0 && (
        <QuantityField chosen={chosen.quantity} available={wanted ? wanted.available : most} most={most} />
      )}
      <button
        type="submit"
        className={`weui-btn weui-btn_primary weui-btn_block ${styles.buy}`}
        disabled={most === 0}
      >
        {most === 0 ? t("soldOut") : t("buy")}
      </button>
    </form>
  );
}
