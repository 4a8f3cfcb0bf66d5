import { and, eq, inArray, sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { listExports } from "@/lib/db/schema/exports";
import { AppError } from "@/lib/http/app-error";
import { readSettings } from "@/lib/settings/read-settings";
import type { Cell } from "@/lib/sheets/table";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { filterFacts, readQuery } from "./export-query";
import type { Viewer } from "./exported-list";
import type { ListName } from "./lists";
import { type ExportFormat, tableOf, withRows, writeTable } from "./table-of";

export const keptForMs = 7 * 24 * 60 * 60_000;
const waitingAtMost = 5; // Of one person's, written and waiting: nobody reads more at a time.

type Wanted = {
  list: ListName;
  format: ExportFormat;
  /** Which rows: the list's own parameters, see `rowsQuery`. */
  query: string;
  viewer: Viewer;
  by: Person;
};

/**
 * A list as a file: at once when it is small (a setting says how many rows), else written in the background. How large
 * it is tells reading it up to there; nobody counts. Either is kept in the audit trail. `malformed`, `too_many_requests`.
 */
export async function openExport(
  shop: Shop,
  wanted: Wanted,
): Promise<{ bytes: Buffer<ArrayBuffer> } | { exportId: number }> {
  const { exportAtOnceRows } = await readSettings(shop.db);
  const table = await tableOf(shop, { ...wanted, query: readQuery(wanted.query) });
  const rows = await readAtMost(table.batches, exportAtOnceRows);
  if (!rows) return { exportId: await shop.db.transaction((tx) => queueExport(shop, tx, wanted)) };
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeTable[wanted.format](withRows(table, rows))) chunks.push(chunk);
  await writeEntry(shop.db, entryOf(shop, wanted, { rows: rows.length }));
  return { bytes: Buffer.concat(chunks) };
}

/** Null when there are more, or when it takes so long that nobody should wait for the answer. */
async function readAtMost(batches: AsyncIterable<Cell[][]>, most: number): Promise<Cell[][] | null> {
  const rows: Cell[][] = [];
  try {
    for await (const batch of batches) {
      rows.push(...batch);
      if (rows.length > most) return null;
    }
  } catch (error) {
    if (error instanceof AppError && error.code === "filter_too_wide") return null; // The job says what to do.
    throw error;
  }
  return rows;
}

/** Pressed twice, it is one export. */
async function queueExport(shop: Shop, tx: Tx, wanted: Wanted): Promise<number> {
  const { list, format, viewer, by } = wanted;
  const query = viewer.reveal ? `${wanted.query}&reveal=1` : wanted.query;
  await tx.execute(sql`SELECT FROM staff WHERE id = ${by.staffId} FOR NO KEY UPDATE`); // One after the other.
  const waiting = await tx
    .select()
    .from(listExports)
    .where(and(eq(listExports.staffId, by.staffId), inArray(listExports.status, ["queued", "running"])));
  const same = waiting.find((one) => one.list === list && one.format === format && one.query === query);
  if (same) return same.id;
  if (waiting.length >= waitingAtMost) throw new AppError("too_many_requests");
  const expiresAt = new Date(shop.now().getTime() + keptForMs);
  const row = { staffId: by.staffId, list, query, format, locale: viewer.locale };
  const [made] = await tx
    .insert(listExports)
    .values({ ...row, createdAt: shop.now(), expiresAt })
    .returning();
  if (!made) throw new Error("an export was not kept");
  await queueWriting(tx, made.id);
  await writeEntry(tx, entryOf(shop, wanted, {}, made.id));
  return made.id;
}

/** Files are written one after the other: the other jobs of a shop must not wait behind them. */
export async function queueWriting(tx: Tx, exportId: number): Promise<void> {
  await addJob(tx, {
    task: "export_list",
    payload: { exportId },
    key: `export_list:${exportId}`,
    queue: "exports",
  });
}

function entryOf(shop: Shop, wanted: Wanted, facts: { rows?: number }, exportId?: number) {
  const { list, format, query, viewer, by } = wanted;
  const after = {
    list,
    format,
    filter: filterFacts(list, query),
    ...(viewer.reveal && { reveal: true }),
    ...facts,
  };
  return {
    ...({ ...by, action: "list.export", subject: "export", at: shop.now(), after } as const),
    subjectId: exportId ?? list,
  };
}
