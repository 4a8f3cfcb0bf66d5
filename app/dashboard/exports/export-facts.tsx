import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { readQuery } from "@/lib/exports/export-query";
import type { ShownExport } from "@/lib/exports/find-export";
import type { ListName } from "@/lib/exports/lists";

/** Which rows are in it: back to the list with the same filter. */
export function FilterLink({ list, query }: { list: ListName; query: string }) {
  const t = useTranslations("exports");
  const { reveal, order, ...filter } = readQuery(query);
  const isSelection = order !== undefined;
  const told = Object.entries(filter).map(([name, value]) => `${name}=${[value ?? []].flat().join(",")}`);
  return (
    <>
      {isSelection ? (
        t("selected", { count: [order].flat().length })
      ) : (
        <Link href={`/dashboard/${list}?${new URLSearchParams(query)}`} prefetch={false}>
          {told.length > 0 ? t("filtered") : t("everything")}
        </Link>
      )}
      {!isSelection && told.length > 0 && (
        <span className="zg-code block text-s text-soft">{told.join(" ")}</span>
      )}
      {reveal === "1" && <span className="block text-s text-warn">{t("withPersonalData")}</span>}
    </>
  );
}

export function RowCount({ row }: { row: Pick<ShownExport, "rowsDone" | "sizeBytes"> }) {
  const t = useTranslations("exports");
  const locale = useLocale();
  const size = row.sizeBytes === null ? null : sizeText(row.sizeBytes, locale);
  return (
    <span className="zg-number">
      {t("rows", { count: row.rowsDone })}
      {size && <span className="text-soft"> · {size}</span>}
    </span>
  );
}

function sizeText(bytes: number, locale: string): string {
  const isLarge = bytes >= 1_000_000;
  const format = new Intl.NumberFormat(locale, {
    ...{ style: "unit", unit: isLarge ? "megabyte" : "kilobyte", maximumFractionDigits: isLarge ? 1 : 0 },
  });
  return format.format(isLarge ? bytes / 1_000_000 : Math.ceil(bytes / 1_000));
}
