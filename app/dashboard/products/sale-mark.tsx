import { useFormatter, useTranslations } from "next-intl";
import { lowStockPieces } from "@/lib/catalog/product-limits";
import { Mark } from "../parts/mark";

export function SaleMark({ onSale }: { onSale: boolean }) {
  const t = useTranslations("products.sale");
  return (
    <Mark shape={onSale ? "full" : "bar"} tone={onSale ? "plain" : "soft"}>
      {t(onSale ? "on" : "off")}
    </Mark>
  );
}

/** How many pieces buyers can still order: none, few, or enough. */
export function FreeMark({ free }: { free: number }) {
  const t = useTranslations("products.stock");
  if (free > lowStockPieces) return <Pieces count={free} />;
  return (
    <Mark shape={free === 0 ? "wedge" : "half"} tone="warn">
      <span className="zg-number">{free === 0 ? t("soldOut") : t("low", { count: free })}</span>
    </Mark>
  );
}

/** A number of pieces, in tabular figures. */
export function Pieces({ count }: { count: number }) {
  return <span className="zg-number">{useFormatter().number(count)}</span>;
}
