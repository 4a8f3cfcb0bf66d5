import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { Money } from "@/app/ui/money";
import { shapeLine } from "@/app/ui/shape-line";
import type { CartLine } from "@/lib/cart/read-cart";
import { lowStockPieces } from "@/lib/catalog/product-limits";
import { titleOf } from "@/lib/catalog/title-of";
import { lineTrouble } from "@/lib/orders/line-trouble";
import { mostPieces } from "@/lib/orders/order-limits";
import { Picture } from "../picture";
import cart from "./cart.module.css";
import styles from "./cart-line.module.css";
import { changeQuantity } from "./change-quantity";
import { DeedForm } from "./deed-form";
import { putBack } from "./put-back";
import { QuantityForm } from "./quantity-form";
import { takeOut } from "./take-out";

type Props = { line: CartLine & { isRemoved: boolean }; form: string; isChosen: boolean };

/** One line, or that it was taken out: the button that undoes it is then where the other one was. */
export function CartLineRow({ line, form, isChosen }: Props) {
  const t = useTranslations("cart");
  const title = titleOf(line.title, line.variantTitle);
  const deed = line.isRemoved
    ? { deed: putBack, submit: t("restore"), label: t("restoreLabel", { title }) }
    : { deed: takeOut, submit: t("remove"), label: t("removeLabel", { title }) };
  return (
    <li className={styles.line} data-removed={line.isRemoved ? "" : undefined}>
      {line.isRemoved ? (
        <p className={styles.gone}>{t("removed", { title })}</p>
      ) : (
        <Goods line={line} form={form} isChosen={isChosen} />
      )}
      <div className={styles.deeds}>
        <DeedForm
          deed={deed.deed}
          fields={{ sku: line.sku }}
          label={deed.label}
          words={{ submit: deed.submit, unreachable: t("unreachable") }}
        />
      </div>
    </li>
  );
}

function Goods({ line, form, isChosen }: { line: CartLine; form: string; isChosen: boolean }) {
  const t = useTranslations("cart");
  const title = titleOf(line.title, line.variantTitle);
  const trouble = lineTrouble(line);
  const isThere = trouble !== "withdrawn" && trouble !== "soldOut";
  const why = `why-${line.variantId}`;
  return (
    <>
      <label className={`shop-tick ${styles.choice}`}>
        <input
          type="checkbox"
          name="sku"
          value={line.sku}
          form={form}
          defaultChecked={trouble === null && isChosen}
          disabled={trouble !== null}
          aria-label={t("choose", { title })}
          aria-describedby={trouble ? why : undefined}
        />
      </label>
      <div className={styles.picture}>
        <Picture src={line.image} title={line.title} sizes="4.5rem" />
      </div>
      <div className={styles.words}>
        {trouble === "withdrawn" ? (
          <span>{line.title}</span>
        ) : (
          <Link
            className={styles.title}
            href={`/products/${encodeURIComponent(line.slug)}?${new URLSearchParams({ sku: line.sku })}`}
            prefetch={false}
          >
            {line.title}
          </Link>
        )}
        {line.variantTitle && <span className={cart.small}>{line.variantTitle}</span>}
        {trouble ? (
          <p id={why} className={styles.trouble}>
            {trouble === "fewer" ? t("fewer", { count: line.available }) : t(trouble)}
          </p>
        ) : (
          line.available <= lowStockPieces && (
            <span className={cart.small}>{t("left", { count: line.available })}</span>
          )
        )}
        {isThere && <PriceNote line={line} />}
        {isThere && (
          <p className={styles.price}>
            <span className={styles.each}>
              {line.quantity > 1 && (
                <>
                  <Money fen={line.priceFen} /> × {line.quantity}
                </>
              )}
            </span>
            <Money fen={line.priceFen * line.quantity} className={styles.sum} />
          </p>
        )}
      </div>
      {isThere && (
        <div className={styles.amount}>
          {trouble === "fewer" && (
            <div className={styles.take}>
              <DeedForm
                deed={changeQuantity}
                fields={{ sku: line.sku, told: line.priceFen, quantity: line.available }}
                words={{ submit: t("takeLeft", { count: line.available }), unreachable: t("unreachable") }}
              />
            </div>
          )}
          <QuantityForm
            key={line.sku}
            sku={line.sku}
            quantity={line.quantity}
            most={Math.min(line.available, mostPieces)}
            toldFen={line.priceFen}
            words={{
              label: t("quantity.label", { title }),
              fewer: t("quantity.fewer", { title }),
              more: t("quantity.more", { title }),
              update: t("quantity.update"),
              unreachable: t("unreachable"),
            }}
          />
        </div>
      )}
    </>
  );
}

/** What became of the price since the buyer was told it, as long as they have not gone on with the new one. */
function PriceNote({ line: { priceFen, seenFen } }: { line: CartLine }) {
  const t = useTranslations("cart.price");
  const locale = useLocale();
  if (priceFen === seenFen) return null;
  const rose = priceFen > seenFen;
  return (
    <p className={styles.change} data-rose={rose ? "" : undefined}>
      <svg viewBox="0 0 16 16" className={styles.arrow} aria-hidden="true">
        <path {...shapeLine} d={rose ? "M8 13V3M3.5 7.5 8 3l4.5 4.5" : "M8 3v10M3.5 8.5 8 13l4.5-4.5"} />
      </svg>
      {t(rose ? "rose" : "fell", {
        by: formatFen(Math.abs(priceFen - seenFen), locale),
        seen: formatFen(seenFen, locale),
      })}
    </p>
  );
}
