import { AppError } from "@/lib/http/app-error";
import type { Parameters } from "@/lib/http/read-parameters";
import { readSettings } from "@/lib/settings/read-settings";
import type { Cell, Table } from "@/lib/sheets/table";
import { writeCsv } from "@/lib/sheets/write-csv";
import { writeXlsx } from "@/lib/sheets/write-xlsx";
import type { Shop } from "@/lib/shop";
import type { Viewer } from "./exported-list";
import { exportedLists, type ListName } from "./lists";
import { wordsIn } from "./words";

export const exportFormats = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const writeTable: Record<ExportFormat, (table: Table) => AsyncGenerator<Uint8Array>> = {
  csv: writeCsv,
  xlsx: writeXlsx,
};

export const mediaTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/**
 * A list as a table, read page by page as it is written: each row is as it was when its page was read. A filter that is
 * made up is `malformed`: a file that silently held everything would be taken for something else.
 */
export async function tableOf(
  shop: Shop,
  of: { list: ListName; query: Parameters; viewer: Viewer },
): Promise<Table> {
  const { columns, read } = exportedLists[of.list];
  const { madeUp, batches } = read(shop, of.query, of.viewer);
  if (madeUp.length > 0)
    throw new AppError("malformed", { errors: madeUp.map((path) => ({ path, code: "invalid" })) });
  const words = wordsIn[of.viewer.locale];
  const titles: Record<string, string> = words.exports.columns[of.list];
  const { timeZone } = await readSettings(shop.db);
  return {
    ...{ batches, timeZone, title: words.exports.lists[of.list] },
    header: columns.map((column) => titles[column] ?? column),
  };
}

/** The same table with rows that are there already. */
export function withRows(table: Table, rows: Cell[][]): Table {
  return { ...table, batches: oneBatch(rows) };
}

async function* oneBatch(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows;
}
