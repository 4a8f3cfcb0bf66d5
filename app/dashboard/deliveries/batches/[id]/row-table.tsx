import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ShownBatch } from "@/lib/batches/find-batch";
import type { ListedRow } from "@/lib/batches/list-rows";
import { findCarrier } from "@/lib/deliveries/carriers";
import { Cell, Ledger, Row } from "../../../parts/ledger";
import { Mark } from "../../../parts/mark";

type Props = { rows: ListedRow[]; batch: ShownBatch; verdictText: (verdict: string) => string };

/** Only what names the order and the parcel is shown: the other cells hold people's names and addresses. */
export function RowTable({ rows, batch, verdictText }: Props) {
  const t = useTranslations("desk.batches");
  const carriers = useTranslations("common.carrier");
  const meaning = batch.columns?.meaning ?? {};
  const typed = (row: ListedRow, field: string) => row.cells[meaning[field] ?? -1]?.slice(0, 60) ?? "";
  const columns = [
    { label: t("rows.no") },
    { label: t("rows.order") },
    { label: t("rows.parcel") },
    { label: t("rows.verdict") },
  ];
  return (
    <Ledger label={t("rows.label")} columns={columns}>
      {rows.map((row) => {
        const carrier = findCarrier(row.carrier ?? "");
        return (
          <Row key={row.rowNo}>
            <Cell label={t("rows.no")}>
              <span className="zg-number">{row.rowNo}</span>
            </Cell>
            <Cell label={t("rows.order")}>
              {row.orderNo ? (
                <Link className="zg-code" href={`/dashboard/orders/${row.orderNo}`} prefetch={false}>
                  {row.orderNo}
                </Link>
              ) : (
                <span className="zg-code break-all">{typed(row, "order") || "—"}</span>
              )}
            </Cell>
            <Cell label={t("rows.parcel")}>
              {carrier && <span>{carriers(carrier)} </span>}
              <span className="zg-code break-all">{row.trackingNo ?? (typed(row, "trackingNo") || "—")}</span>
              {row.isShared && (
                <div className="text-s text-warn">
                  <Mark shape="wedge" tone="warn">
                    <span className="whitespace-normal">{t("rows.shared")}</span>
                  </Mark>
                </div>
              )}
            </Cell>
            <Cell label={t("rows.verdict")}>
              <RowMark row={row} verdictText={verdictText} />
            </Cell>
          </Row>
        );
      })}
    </Ledger>
  );
}

function RowMark({ row, verdictText }: { row: ListedRow; verdictText: Props["verdictText"] }) {
  const t = useTranslations("desk.batches.verdict");
  const { verdict, deliveryId } = row;
  if (verdict === "ready")
    return (
      <Mark shape="hollow" tone="plain">
        {t("ready")}
      </Mark>
    );
  if (verdict === "shipped")
    return (
      <Mark shape="full" tone="accent">
        {t("shipped")}
      </Mark>
    );
  if (verdict === "undone")
    return (
      <Mark shape="bar" tone="soft">
        {t(deliveryId ? "undone" : "notShipped")}
      </Mark>
    );
  return (
    <Mark shape={deliveryId ? "full" : "wedge"} tone={deliveryId ? "warn" : "danger"}>
      <span className="whitespace-normal">
        {deliveryId && `${t("kept")} `}
        {verdictText(verdict)}
      </span>
    </Mark>
  );
}
