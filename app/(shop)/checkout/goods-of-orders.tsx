import { useLocale, useTranslations } from "next-intl";
import { Amounts } from "@/app/(shop)/amounts";
import { GoodsLine } from "@/app/(shop)/goods-line";
import { formatFen } from "@/app/ui/format-fen";
import type { Quote, QuotedLine } from "@/lib/orders/quote-orders";
import styles from "./checkout.module.css";
import type { Shown } from "./checkout-state";

/** The lines of each order that will be placed; where there are two, each with its own amounts. */
export function GoodsOfOrders({ quote, shown }: { quote: Quote; shown: Shown | null }) {
  const t = useTranslations("shop.checkout");
  const isSplit = quote.orders.length > 1;
  const isOnly = quote.orders.flatMap(({ lines }) => lines).length === 1;
  return quote.orders.map(({ kind, lines, amounts }, n) => (
    <section key={kind} aria-label={isSplit ? t(`order.${kind}`, { number: n + 1 }) : t("goods")}>
      <h2 className="weui-cells__title">{isSplit ? t(`order.${kind}`, { number: n + 1 }) : t("goods")}</h2>
      <div className="weui-cells">
        {lines.map((line) => (
          <Line key={line.sku} line={line} shownFen={shown?.pricesFen[line.sku]} isOnly={isOnly} />
        ))}
        {isSplit && amounts && (
          <div className={styles.ofOrder}>
            <AmountsOfOrder kind={kind} amounts={amounts} total={t("orderTotal")} />
          </div>
        )}
      </div>
    </section>
  ));
}

export function AmountsOfOrder({
  kind,
  amounts,
  total,
}: {
  kind: QuotedLine["kind"];
  amounts: { goodsFen: number; freightFen: number; totalFen: number };
  total: string;
}) {
  const t = useTranslations("shop.checkout");
  return (
    <Amounts
      rows={[
        { label: t("goodsTotal"), fen: amounts.goodsFen },
        ...(kind === "physical" ? [{ label: t("freight"), fen: amounts.freightFen, zero: t("free") }] : []),
      ]}
      total={{ label: total, fen: amounts.totalFen }}
    />
  );
}

/** A line, what it cost when the buyer saw it last, and why it cannot be had, with a way to go on. */
function Line({
  line,
  shownFen,
  isOnly,
}: {
  line: QuotedLine;
  shownFen: number | undefined;
  isOnly: boolean;
}) {
  const t = useTranslations("shop.checkout");
  const locale = useLocale();
  const { sku, trouble, available } = line;
  const hasChanged = shownFen !== undefined && shownFen !== line.priceFen && trouble === null;
  return (
    <div className={styles.line} data-trouble={trouble ?? undefined}>
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="quantity" value={line.quantity} />
      <input type="hidden" name="priceFen" value={line.priceFen} />
      <GoodsLine line={line} />
      {hasChanged && (
        <p className={styles.changed}>{t("priceWas", { price: formatFen(shownFen, locale) })}</p>
      )}
      {trouble && (
        <div className={styles.trouble}>
          <p>{t(`trouble.${trouble}`, { available, wanted: line.quantity })}</p>
          {trouble === "fewer" && (
            <button
              type="submit"
              name="take"
              value={`${available} ${sku}`}
              className={styles.small}
              aria-label={t("takeOf", { count: available, title: line.title })}
            >
              {t("take", { count: available })}
            </button>
          )}
          {!isOnly && (
            <button
              type="submit"
              name="drop"
              value={sku}
              className={styles.small}
              aria-label={t("dropOf", { title: line.title })}
            >
              {t("drop")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
