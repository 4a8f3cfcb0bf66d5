import { useTranslations } from "next-intl";
import type { ListedStockMove } from "@/lib/catalog/list-stock-moves";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { ShortMoment } from "../../parts/times";
import { Pieces } from "../sale-mark";

type Props = { moves: ListedStockMove[]; clock: { timeZone: string; now: Date } };

/** Who changed which stock by how much, and why. What orders take and give back stands with the orders. */
export function StockHistory({ moves, clock }: Props) {
  const t = useTranslations("products.history");
  const reasons = useTranslations("products.adjust.reasons");
  const end = true as const;
  const columns = [
    { label: t("at") },
    { label: t("variant") },
    { label: t("delta"), end },
    { label: t("onHand"), end },
    { label: t("reason") },
    { label: t("by") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {moves.map((move) => (
        <Row key={move.id}>
          <Cell>
            <ShortMoment at={move.at} {...clock} />
          </Cell>
          <Cell label={t("variant")}>
            {move.title} <span className="zg-code text-s text-soft">{move.sku}</span>
          </Cell>
          <Cell label={t("delta")} className="end">
            <span className="zg-number font-semibold">
              {move.delta > 0 ? `+${move.delta}` : `−${-move.delta}`}
            </span>
          </Cell>
          <Cell label={t("onHand")} className="end">
            <Pieces count={move.onHand} />
          </Cell>
          <Cell label={t("reason")}>
            {reasons(move.reason)}
            {move.note && <div className="max-w-[30em] text-s text-soft">{move.note}</div>}
          </Cell>
          <Cell label={t("by")}>{move.byName ?? t("commandLine")}</Cell>
        </Row>
      ))}
    </Ledger>
  );
}
