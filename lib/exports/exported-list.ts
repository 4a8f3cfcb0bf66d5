import type { Locale } from "@/lib/http/locale";
import type { Parameters } from "@/lib/http/read-parameters";
import type { Cell } from "@/lib/sheets/table";
import type { Shop } from "@/lib/shop";
import type { Permission } from "@/lib/staff/rights";
import { type Words, wordsIn } from "./words";

/** For whom a file is written. */
export type Viewer = {
  staffId: number;
  locale: Locale;
  /** Whether personal data stands in it as it is, not masked. */
  reveal: boolean;
};

/** A list of the desk as it goes into a file. */
export type ExportedList = {
  /** What it takes to read it, besides `lists.export`. */
  permission: Permission;
  /** Parameters that people type into: they may be a name or a phone number, and stay out of the audit trail. */
  typed: readonly string[];
  columns: readonly string[];
  /** The rows that a query means, page by page; the parameters that mean nothing in `madeUp`. */
  read: (
    shop: Shop,
    query: Parameters,
    viewer: Viewer,
  ) => { madeUp: string[]; batches: AsyncIterable<Cell[][]> };
};

type Definition<Row> = Pick<ExportedList, "permission"> & {
  typed?: readonly string[];
  columns: Record<string, (row: Row, of: { words: Words; viewer: Viewer }) => Cell>;
  read: (shop: Shop, query: Parameters, viewer: Viewer) => { madeUp: string[]; pages: AsyncIterable<Row[]> };
};

export function exportedList<Row>({ columns, typed = [], permission, read }: Definition<Row>): ExportedList {
  const cells = Object.values(columns);
  return {
    permission,
    typed,
    columns: Object.keys(columns),
    read(shop, query, viewer) {
      const { madeUp, pages } = read(shop, query, viewer);
      const of = { words: wordsIn[viewer.locale], viewer };
      return { madeUp, batches: inCells(pages, (row) => cells.map((cellOf) => cellOf(row, of))) };
    },
  };
}

async function* inCells<Row>(
  pages: AsyncIterable<Row[]>,
  cellsOf: (row: Row) => Cell[],
): AsyncGenerator<Cell[][]> {
  for await (const page of pages) yield page.map(cellsOf);
}

/** Every page of a list, by its own cursors. */
export async function* everyPage<Row, Cursor>(
  readPage: (from: Cursor | undefined) => Promise<{ rows: Row[]; next: Cursor | null }>,
): AsyncGenerator<Row[]> {
  let from: Cursor | undefined;
  do {
    const { rows, next } = await readPage(from);
    yield rows;
    from = next ?? undefined;
  } while (from !== undefined);
}

/** How many rows an export reads at once: enough to be quick, few enough that nobody else waits. */
export const exportPageSize = 200;
