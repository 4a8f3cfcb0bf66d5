import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { FoundRefund } from "@/lib/refunds/find-refund";
import { Cell, Ledger, Row } from "../../parts/ledger";

/** Every line of the order: what this refund takes back of it, what has left, and what becomes of the pieces. */
export function Goods({ lines }: { lines: FoundRefund["lines"] }) {
  const t = useTranslations("desk.refund.goods");
  const columns = [
    { label: t("item") },
    { label: t("price"), end: true as const },
    { label: t("ordered"), end: true as const },
    { label: t("shipped"), end: true as const },
    { label: t("asked"), end: true as const },
    { label: t("stock") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {lines.map((line) => (
        <Row key={line.sku}>
          <Cell>
            {line.title}
            <div className="zg-code text-s text-soft">{line.sku}</div>
          </Cell>
          <Cell label={t("price")} className="end">
            <Money fen={line.priceFen} />
          </Cell>
          <Cell label={t("ordered")} className="end">
            <span className="zg-number">{line.ordered}</span>
          </Cell>
          <Cell label={t("shipped")} className="end">
            <span className="zg-number">{line.shipped}</span>
          </Cell>
          <Cell label={t("asked")} className="end">
            <span className="zg-number font-semibold">{line.asked ?? 0}</span>
            {line.dropped > 0 && (
              <div className="text-s text-soft">{t("dropped", { count: line.dropped })}</div>
            )}
          </Cell>
          <Cell label={t("stock")}>
            {line.asked === null ? (
              <span className="text-soft">—</span>
            ) : (
              t(`restock.${line.restock === null ? "usual" : line.restock ? "yes" : "no"}`)
            )}
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
