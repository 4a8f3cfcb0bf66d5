import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { Cell, Ledger, Row } from "../../parts/ledger";

export function Goods({ order }: { order: DeskOrder }) {
  const t = useTranslations("desk.order.goods");
  const isPaid = order.status === "paid";
  const columns = [
    { label: t("item") },
    { label: t("price"), end: true as const },
    { label: t("quantity"), end: true as const },
    { label: t("sum"), end: true as const },
  ];
  return (
    <>
      <Ledger label={t("title")} columns={columns}>
        {order.lines.map((line) => (
          <Row key={line.variantId}>
            <Cell>
              {line.title}
              <div className="zg-code text-s text-soft">{line.sku}</div>
            </Cell>
            <Cell label={t("price")} className="end">
              <Money fen={line.priceFen} />
            </Cell>
            <Cell label={t("quantity")} className="end">
              <span className="zg-number">{line.quantity}</span>
              {line.shipped > 0 && (
                <div className="text-s text-soft">{t("shipped", { count: line.shipped })}</div>
              )}
              {line.dropped > 0 && (
                <div className="text-s text-soft">{t("dropped", { count: line.dropped })}</div>
              )}
              {isPaid && line.quantity > line.shipped + line.dropped && (
                <div className="text-s">
                  {t("left", { count: line.quantity - line.shipped - line.dropped })}
                </div>
              )}
            </Cell>
            <Cell label={t("sum")} className="end">
              <Money fen={line.priceFen * line.quantity} />
            </Cell>
          </Row>
        ))}
      </Ledger>
      {order.note && (
        <p className="border-line border-t px-4 py-3">
          <span className="text-soft">{t("note")} </span>
          {order.note}
        </p>
      )}
    </>
  );
}
