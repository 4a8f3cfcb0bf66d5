import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { DeskProduct } from "@/lib/catalog/find-product-for-desk";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { FreeMark, Pieces } from "../sale-mark";
import { StockForm } from "./stock-form";

/** What there is of each variant: on hand, held by orders that have not left, and free for buyers. */
export function StockTable({ product, mayAdjust }: { product: DeskProduct; mayAdjust: boolean }) {
  const t = useTranslations("products.stock");
  const end = true as const;
  const columns = [
    { label: t("variant") },
    { label: t("price"), end },
    { label: t("onHand"), end },
    { label: t("held"), end },
    { label: t("free"), end },
    ...(mayAdjust ? [{ label: t("adjust") }] : []),
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {product.variants.map((variant) => (
        <Row key={variant.id}>
          <Cell>
            {variant.title || t("single")}
            <div className="zg-code text-s text-soft">{variant.sku}</div>
            {!variant.onSale && <div className="text-s text-soft">{t("withdrawn")}</div>}
          </Cell>
          <Cell label={t("price")} className="end">
            <Money fen={variant.priceFen} />
          </Cell>
          <Cell label={t("onHand")} className="end">
            <Pieces count={variant.onHand} />
          </Cell>
          <Cell label={t("held")} className="end">
            <Pieces count={variant.allocated} />
          </Cell>
          <Cell label={t("free")} className="end">
            <FreeMark free={variant.onHand - variant.allocated} />
          </Cell>
          {mayAdjust && (
            <Cell>
              <StockForm
                variant={{ id: variant.id, productId: product.id }}
                name={`${variant.title} ${variant.sku}`.trim()}
              />
            </Cell>
          )}
        </Row>
      ))}
    </Ledger>
  );
}
