import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ShownExport } from "@/lib/exports/find-export";
import { findList } from "@/lib/exports/lists";
import type { DeskClock } from "../desk-settings";
import { Cell, Ledger, Row } from "../parts/ledger";
import { ShortMoment } from "../parts/times";
import { FilterLink, RowCount } from "./export-facts";
import { ExportStatusMark, FailureText } from "./export-status";

export function ExportTable({ exports, clock }: { exports: ShownExport[]; clock: DeskClock }) {
  const t = useTranslations("exports");
  const columns = [
    { label: t("columnTitles.list") },
    { label: t("columnTitles.which") },
    { label: t("columnTitles.status") },
    { label: t("columnTitles.rows"), end: true as const },
    { label: t("columnTitles.by") },
    { label: t("columnTitles.keptUntil") },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {exports.map((row) => {
        const list = findList(row.list);
        return (
          <Row key={row.id}>
            <Cell>
              <Link href={`/dashboard/exports/${row.id}`} prefetch={false}>
                {list ? t(`lists.${list}`) : row.list} {row.format.toUpperCase()}{" "}
                <span className="zg-number">#{row.id}</span>
              </Link>
            </Cell>
            <Cell label={t("columnTitles.which")}>
              {list && <FilterLink list={list} query={row.query} />}
            </Cell>
            <Cell label={t("columnTitles.status")}>
              <ExportStatusMark status={row.status} />
              {row.status === "failed" && (
                <div className="max-w-[26em] text-s text-soft">
                  <FailureText errorText={row.errorText} />
                </div>
              )}
              {row.status === "done" && (
                <div>
                  <a href={`/api/export/files/${row.id}`}>{t("download")}</a>
                </div>
              )}
            </Cell>
            <Cell label={t("columnTitles.rows")} className="end">
              <RowCount row={row} />
            </Cell>
            <Cell label={t("columnTitles.by")}>
              {row.by}
              <div className="text-s text-soft">
                <ShortMoment at={row.createdAt} {...clock} />
              </div>
            </Cell>
            <Cell label={t("columnTitles.keptUntil")}>
              <ShortMoment at={row.expiresAt} {...clock} />
            </Cell>
          </Row>
        );
      })}
    </Ledger>
  );
}
